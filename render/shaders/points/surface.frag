// The dark head behind the points, a little brighter where it faces the viewer.
in vec3 facing;

out vec4 color; // sRGB

// sRGB, chosen by eye.
const vec3 NEAR = vec3(0.150, 0.165, 0.200);
const vec3 EDGE = vec3(0.050, 0.056, 0.072);

void main() {
    float towards = abs(normalize(facing).z);
    color = vec4(mix(EDGE, NEAR, towards * towards), 1.0);
}
