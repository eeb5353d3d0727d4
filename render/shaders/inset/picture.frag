// The camera picture with rounded corners, darkened by `dim`.
uniform sampler2D picture;
uniform float dim;           // 0 unchanged, 1 black
uniform vec2 pixels;         // size on the screen
uniform float corner_radius; // pixels

in vec2 place;
out vec4 color;

void main() {
    // Signed distance to a rounded rectangle, in pixels; negative inside.
    vec2 from_middle = abs(place - 0.5) * pixels - 0.5 * pixels + corner_radius;
    float outside = length(max(from_middle, 0.0)) - corner_radius;
    color = vec4(texture(picture, place).rgb * (1.0 - dim), clamp(0.5 - outside, 0.0, 1.0));
}
