// Background: a picture, cut at two edges so that it fills the screen.
uniform sampler2D picture; // sRGB, its top row first
uniform vec2 shown;        // shares of its width and height that are seen

in vec2 screen;
out vec4 color; // sRGB

#include "shared/dither.glsl"

void main() {
    vec2 place = 0.5 + (vec2(screen.x, 1.0 - screen.y) - 0.5) * shown;
    color = vec4(texture(picture, place).rgb + dither(gl_FragCoord.xy) / 255.0, 1.0);
}
