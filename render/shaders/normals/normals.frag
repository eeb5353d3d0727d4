// The normal in the camera's axes as a colour; the inside of an open mesh shows its own, turned round.
in vec3 facing;

out vec4 color; // sRGB

void main() {
    vec3 normal = normalize(gl_FrontFacing ? facing : -facing);
    color = vec4(0.5 + 0.5 * normal, 1.0);
}
