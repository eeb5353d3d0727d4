// How a point of skin, eye or tooth answers the lights.
uniform vec3 eye_position;
uniform vec3 light_directions[LIGHTS];
uniform vec3 light_colors[LIGHTS];
uniform vec3 sky_color;
uniform float exposure;

// Red light travels farthest under the skin, so it reaches around the terminator.
const vec3 BLEED = vec3(0.55, 0.24, 0.16);
const float REFLECTANCE = 0.035; // of skin and wet surfaces, seen face on
const float SHARPEST = 0.030;    // squared roughness of the sharpest highlight: the size of a soft box

vec3 wrapped_diffuse(float cosine, float softness) {
    vec3 wrap = BLEED * softness;
    vec3 reach = max((vec3(cosine) + wrap) / (1.0 + wrap), 0.0);
    return reach * reach / ((0.55 + 0.45 * reach) * (1.0 + wrap));
}

// Schlick's approximation with the power of four, which falls off a little earlier.
float fresnel(float cosine) {
    float away = 1.0 - cosine;
    float square = away * away;
    return REFLECTANCE + (1.0 - REFLECTANCE) * square * square;
}

// Trowbridge-Reitz distribution; masking after Kelemen and Szirmay-Kalos, 1 / |v + l|^2.
float highlight(vec3 normal, vec3 view, vec3 light, float roughness) {
    vec3 middle = view + light;
    float middle_square = dot(middle, middle);
    float peak = max(dot(normal, middle), 0.0);
    float a = max(roughness * roughness, SHARPEST);
    float spread = peak * peak * (a * a - 1.0) + middle_square;
    float lit = max(dot(normal, light), 0.0);
    float mirrored = fresnel(0.5 * sqrt(middle_square));
    return lit * mirrored * a * a * middle_square / (3.1416 * spread * spread);
}

// All that a surface mirrors; access: share of each light that arrives, then of the sky.
vec3 reflected(vec3 normal, vec3 to_eye, float roughness, vec4 access) {
    vec3 view = normalize(to_eye);
    vec3 light = sky_color * (access.w * fresnel(max(dot(normal, view), 0.0)) * (1.0 - roughness));
    for (int i = 0; i < LIGHTS; i++) {
        light += light_colors[i] * (access[i] * highlight(normal, view, light_directions[i], roughness));
    }
    return light;
}

// Ambient light in a hollow: bright skin lights itself.
vec3 bounced(float openness, vec3 albedo) {
    return openness / (1.0 - albedo * 0.7 * (1.0 - openness));
}
