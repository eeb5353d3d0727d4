// Front faces show their colour; the inside of an open mesh is hollow and sends next to no light back.
noperspective in vec3 screen_color;
out vec4 color;

const vec3 HOLLOW = vec3(0.055, 0.030, 0.028);

void main() {
    color = vec4(gl_FrontFacing ? screen_color : HOLLOW, 1.0);
}
