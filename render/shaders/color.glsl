// Between linear light and what a screen shows.
vec3 encode_srgb(vec3 linear) {
    vec3 low = linear * 12.92;
    vec3 high = 1.055 * pow(max(linear, vec3(0.0031308)), vec3(1.0 / 2.4)) - 0.055;
    return mix(high, low, lessThanEqual(linear, vec3(0.0031308)));
}

// Rolls highlights off towards white at WHITE instead of clipping them.
const float WHITE = 3.2;
vec3 tone_map(vec3 linear) {
    return linear * (1.0 + linear / (WHITE * WHITE)) / (1.0 + linear * 0.55);
}
