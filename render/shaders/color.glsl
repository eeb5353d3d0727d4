// Between linear light and what a screen shows.
vec3 encode_srgb(vec3 linear) {
    vec3 curve = 1.055 * pow(linear, vec3(1.0 / 2.4)) - 0.055;
    return mix(curve, linear * 12.92, lessThan(linear, vec3(0.0031308)));
}

// Rolls highlights off towards white instead of clipping them.
vec3 tone_map(vec3 linear) {
    return linear * (1.0 + 0.1 * linear) / (1.0 + 0.55 * linear);
}
