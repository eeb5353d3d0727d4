// A round dot with a soft edge of one pixel.
uniform vec4 point_color;
uniform float point_size; // pixels of the screen

out vec4 color;

void main() {
    float edge = (0.5 - length(gl_PointCoord - 0.5)) * point_size;
    color = vec4(point_color.rgb, point_color.a * clamp(edge + 0.5, 0.0, 1.0));
}
