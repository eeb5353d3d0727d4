// Conversions between linear light and screen colours.

// sRGB values 0..1 of linear light 0..1, and back (IEC 61966-2-1).
vec3 encode_srgb(vec3 linear) {
    vec3 curve = 1.055 * pow(linear, vec3(1.0 / 2.4)) - 0.055;
    return mix(curve, linear * 12.92, lessThan(linear, vec3(0.0031308)));
}

vec3 decode_srgb(vec3 encoded) {
    vec3 curve = pow((encoded + 0.055) / 1.055, vec3(2.4));
    return mix(curve, encoded / 12.92, lessThan(encoded, vec3(0.04045)));
}

// Tone mapping: T(L) = L (1 + 0.1 L) / (1 + 0.55 L). Highlights roll off towards white instead of clipping.
// T is nearly L for small L and reaches 1 at L = 1.63. Both numbers were chosen by eye.
vec3 tone_map(vec3 linear) {
    return linear * (1.0 + 0.1 * linear) / (1.0 + 0.55 * linear);
}
