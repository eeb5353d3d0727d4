// Map of the surface: its normal in the camera's axes, and its depth.
uniform float reference; // metres from the camera, in the middle of the range of depths

in vec3 facing;

out vec4 surface; // (n + 1) / 2, and the depth as a share of the range; 0 where there is no head

void main() {
    // The projection keeps the distance along the view as 1 / w.
    float share = 0.5 + (1.0 / gl_FragCoord.w - reference) / DEPTH_RANGE;
    surface = vec4(0.5 + 0.5 * normalize(facing), clamp(share, 1.0 / 255.0, 1.0));
}
