// How a point of skin, eye or tooth answers one light.

// Red light travels farthest under the skin, so it reaches around the terminator.
const vec3 BLEED = vec3(0.55, 0.24, 0.16);
const float SKIN_REFLECTANCE = 0.035;

vec3 wrapped_diffuse(float cosine, float softness) {
    vec3 wrap = BLEED * softness;
    vec3 reach = max((vec3(cosine) + wrap) / (1.0 + wrap), 0.0);
    return reach * reach * (1.0 / (0.55 + 0.45 * reach)) * 0.3183 * 3.1416 / (1.0 + wrap);
}

float fresnel(float cosine) {
    float away = 1.0 - cosine;
    float square = away * away;
    return SKIN_REFLECTANCE + (1.0 - SKIN_REFLECTANCE) * square * square * away;
}

// Trowbridge-Reitz distribution, with the height-correlated masking of Hammon's approximation.
float highlight(vec3 normal, vec3 view, vec3 light, float cosine, float facing, float roughness) {
    float lit = max(cosine, 0.0);
    vec3 middle = normalize(view + light);
    float a = max(roughness * roughness, 0.012);
    float peak = max(dot(normal, middle), 0.0);
    float spread = peak * peak * (a * a - 1.0) + 1.0;
    float distribution = a * a / (3.1416 * spread * spread);
    float masking = 0.5 / mix(2.0 * lit * facing, lit + facing, a);
    return distribution * masking * fresnel(max(dot(view, middle), 0.0)) * lit;
}

// Ambient light that reaches a point, brighter and warmer in hollows of bright skin that light itself.
vec3 bounced(float openness, vec3 albedo) {
    return openness / (1.0 - albedo * 0.7 * (1.0 - openness));
}
