// Lay the drawn head over what is there; with SMOOTH, soften the steps along its edges first.
// After Lottes, "FXAA", 2009: blend along the direction in which brightness does not change.
uniform sampler2D picture; // colours multiplied by alpha, encoded for the screen

in vec2 screen;
out vec4 color;

const float LEAST_CONTRAST = 0.07;
const float LONGEST_STEP = 6.0; // pixels

float brightness(vec4 texel) {
    return dot(texel, vec4(0.30, 0.59, 0.11, 0.5));
}

vec4 neighbour(ivec2 place) {
    return texelFetch(picture, clamp(place, ivec2(0), textureSize(picture, 0) - 1), 0);
}

vec4 along_edge(vec2 direction, float low, float high) {
    vec2 reach = clamp(direction / (min(abs(direction.x), abs(direction.y)) + 0.03), -LONGEST_STEP, LONGEST_STEP)
               / vec2(textureSize(picture, 0));
    vec4 near = 0.5 * (texture(picture, screen - reach / 6.0) + texture(picture, screen + reach / 6.0));
    vec4 far = 0.25 * (texture(picture, screen - reach / 2.0) + texture(picture, screen + reach / 2.0)) + 0.5 * near;
    float reached = brightness(far);
    return reached < low || reached > high ? near : far;
}

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    color = texelFetch(picture, pixel, 0);
#if SMOOTH
    float nw = brightness(neighbour(pixel + ivec2(-1, 1)));
    float ne = brightness(neighbour(pixel + ivec2(1, 1)));
    float sw = brightness(neighbour(pixel + ivec2(-1, -1)));
    float se = brightness(neighbour(pixel + ivec2(1, -1)));
    float middle = brightness(color);
    float low = min(middle, min(min(nw, ne), min(sw, se)));
    float high = max(middle, max(max(nw, ne), max(sw, se)));
    if (high - low > LEAST_CONTRAST) {
        color = along_edge(vec2(sw + se - nw - ne, ne + se - nw - sw), low, high);
    }
#endif
}
