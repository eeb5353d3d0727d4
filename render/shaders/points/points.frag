// A round dot with a soft edge of one pixel.
uniform float diameter; // pixels

flat in vec3 point_color;

out vec4 color; // sRGB, multiplied by alpha

void main() {
    float from_middle = length(gl_PointCoord - 0.5) * (diameter + 1.0);
    float covered = clamp(0.5 * diameter + 0.5 - from_middle, 0.0, 1.0);
    color = vec4(point_color * covered, covered);
}
