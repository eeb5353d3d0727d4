// Map of the surface: its normal in the camera's axes, and its depth.
uniform float reference; // metres from the camera at which depth is 0

in vec3 facing;

out vec4 surface; // unit normal, and metres beyond the reference; a normal of 0 where there is no head

void main() {
    // The projection keeps the distance along the view as 1 / w.
    surface = vec4(normalize(facing), 1.0 / gl_FragCoord.w - reference);
}
