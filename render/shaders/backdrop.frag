// A flat colour, or a dark studio wall lit behind the head and falling off to the corners.
uniform vec4 flat_color; // sRGB; a negative red asks for the studio
uniform float aspect;    // width / height

in vec2 screen;
out vec4 color;

const vec3 WALL = vec3(0.215, 0.225, 0.250);
const vec3 CORNER = vec3(0.035, 0.037, 0.045);

// Half a step of noise hides the bands of a slow gradient in 8 bits.
float dither(vec2 pixel) {
    return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))) - 0.5;
}

void main() {
    if (flat_color.r >= 0.0) {
        color = vec4(flat_color.rgb * flat_color.a, flat_color.a);
        return;
    }
    vec2 offset = (screen - vec2(0.5, 0.52)) * vec2(max(aspect, 1.0), 1.0);
    float light = 1.0 / (1.0 + 7.0 * dot(offset, offset));
    light *= light;
    color = vec4(mix(CORNER, WALL, light) + dither(gl_FragCoord.xy) / 255.0, 1.0);
}
