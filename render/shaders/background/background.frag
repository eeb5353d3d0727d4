// Background: one colour, a gradient, or the studio, a dark wall with a pool of light behind the head.
//     studio(p) = mix(CORNER, WALL, light(p)^2),   light(p) = 1 / (1 + FALLOFF |p - CENTER|^2)
// p is the position in the picture, 0..1; its x is stretched by the aspect ratio of wide pictures.
uniform vec4 upper;   // sRGB 0..1 and alpha at the upper edge; a negative red selects the studio
uniform vec4 lower;   // at the lower edge
uniform float aspect; // width / height

in vec2 screen;
out vec4 color; // sRGB, multiplied by alpha

// sRGB 0..1, all chosen by eye.
const vec3 WALL = vec3(0.215, 0.225, 0.250);
const vec3 CORNER = vec3(0.035, 0.037, 0.045);
const vec2 CENTER = vec2(0.5, 0.52);
const float FALLOFF = 7.0;

#include "shared/dither.glsl"

void main() {
    if (upper == lower && upper.r >= 0.0) {
        color = vec4(upper.rgb * upper.a, upper.a);
        return;
    }
    vec3 shown = mix(lower.rgb, upper.rgb, screen.y);
    if (upper.r < 0.0) {
        vec2 offset = (screen - CENTER) * vec2(max(aspect, 1.0), 1.0);
        float light = 1.0 / (1.0 + FALLOFF * dot(offset, offset));
        shown = mix(CORNER, WALL, light * light);
    }
    color = vec4(shown + dither(gl_FragCoord.xy) / 255.0, 1.0);
}
