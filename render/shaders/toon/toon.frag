// Flat colours in two tones, whose border is one pixel wide.
in vec3 plain;
in float key;

#if TEXTURED
uniform sampler2D skin_texture; // sRGB
uniform vec3 skin_color;        // usual colour of the texture, sRGB
in vec2 skin_coord;
#endif

out vec4 color; // sRGB

// All chosen by eye.
const float BORDER = 0.12;                       // light at which the tones meet
const vec3 LIT = vec3(1.07, 1.05, 1.03);
const vec3 SHADED = vec3(0.66, 0.60, 0.68);      // towards violet
const vec3 HOLLOW = vec3(0.16, 0.07, 0.08);
const float SKIN = 0.10, FEATURE = 0.24;         // distances from the skin's colour where features begin and are full
const float BRIGHTER = 0.5;                      // share of the distance that counts for bright pores, and for teeth

void main() {
    vec3 base = plain;
#if TEXTURED
    vec3 painted = texture(skin_texture, skin_coord).rgb;
    vec3 apart = painted - skin_color;
    float feature = length(max(-apart, 0.0)) + BRIGHTER * length(max(apart, 0.0));
    base *= mix(skin_color, painted, smoothstep(SKIN, FEATURE, feature));
#endif
    float across = max(fwidth(key), 1e-4);
    float bright = clamp((key - BORDER) / across + 0.5, 0.0, 1.0);
    color = vec4(gl_FrontFacing ? min(base * mix(SHADED, LIT, bright), 1.0) : HOLLOW, 1.0);
}
