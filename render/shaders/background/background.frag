// Background: one flat colour, or the studio, a dark wall with a pool of light behind the head.
//     studio(p) = mix(CORNER, WALL, light(p)^2),   light(p) = 1 / (1 + FALLOFF |p - CENTER|^2)
// p is the position in the picture, 0..1; its x is stretched by the aspect ratio of wide pictures.
uniform vec4 flat_color; // sRGB 0..1 and alpha; a negative red selects the studio
uniform float aspect;    // width / height

in vec2 screen;
out vec4 color; // sRGB, multiplied by alpha

// sRGB 0..1, all chosen by eye.
const vec3 WALL = vec3(0.215, 0.225, 0.250);
const vec3 CORNER = vec3(0.035, 0.037, 0.045);
const vec2 CENTER = vec2(0.5, 0.52);
const float FALLOFF = 7.0;

// Noise from -0.5 to 0.5 that hides the bands which a slow gradient has in 8 bits.
// Interleaved gradient noise, Jimenez, "Next Generation Post Processing in Call of Duty", SIGGRAPH 2014.
float dither(vec2 pixel) {
    return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))) - 0.5;
}

void main() {
    if (flat_color.r >= 0.0) {
        color = vec4(flat_color.rgb * flat_color.a, flat_color.a);
        return;
    }
    vec2 offset = (screen - CENTER) * vec2(max(aspect, 1.0), 1.0);
    float light = 1.0 / (1.0 + FALLOFF * dot(offset, offset));
    light *= light;
    color = vec4(mix(CORNER, WALL, light) + dither(gl_FragCoord.xy) / 255.0, 1.0);
}
