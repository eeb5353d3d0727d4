// Shading of skin, eyes, teeth and other surfaces: diffuse light, highlights and ambient light.
// Vectors are unit vectors of the world; colours are linear RGB.
uniform vec3 eye_position;             // of the camera, metres
uniform vec3 light_directions[LIGHTS]; // towards the lights
uniform vec3 light_colors[LIGHTS];     // times intensity
uniform vec3 glow_directions[GLOWS];   // towards broad lights
uniform vec3 glow_colors[GLOWS];       // radiance in their middle
uniform float glow_sharpness[GLOWS];
uniform vec3 sky_color;
uniform float exposure;

// How far red, green and blue light reach around the terminator, as a cosine: red travels farthest under the skin.
// Chosen by eye.
const vec3 BLEED = vec3(0.42, 0.24, 0.17);
const float REFLECTANCE = 0.035; // of skin and wet surfaces, seen face on
const float SHARPEST = 0.040;    // squared roughness of the sharpest highlight, which then is as large as a soft box

// Wrapped diffuse light; c cosine between normal and light, s softness (0 hard, 1 skin):
//     w = s BLEED,   r = max((c + w) / (1 + w), 0),   diffuse = r^2 / ((0.55 + 0.45 r) (1 + w))
// Light reaches to c = -w instead of 0 and fades out there with slope 0; 1 / (1 + w) compensates for the larger lit area.
vec3 wrapped_diffuse(float cosine, float softness) {
    vec3 wrap = BLEED * softness;
    vec3 reach = max((vec3(cosine) + wrap) / (1.0 + wrap), 0.0);
    return reach * reach / ((0.55 + 0.45 * reach) * (1.0 + wrap));
}

// Reflected share F = F0 + (1 - F0) (1 - c)^4 at cosine c, with F0 = REFLECTANCE: Schlick's approximation with the
// power 4 instead of 5, whose glare at the outline is a little broader.
float fresnel(float cosine) {
    float away = 1.0 - cosine;
    float square = away * away;
    return REFLECTANCE + (1.0 - REFLECTANCE) * square * square;
}

// Highlight of one light: (n . l) F(v . h) D / |v + l|^2, where h = (v + l) / |v + l| and
//     D = a^2 / (pi ((n . h)^2 (a^2 - 1) + 1)^2)     Trowbridge-Reitz, a = max(roughness^2, SHARPEST)
// 1 / |v + l|^2 is the masking of Kelemen and Szirmay-Kalos. The code avoids the division that normalises h.
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

// Roughness below which a material is an eye; the factor of its highlights, which the lids' shadows darken; and how far
// its lights move towards the viewer, so that the highlights lie at the pupil's edge and not below the lid. Chosen by eye.
const float SMOOTHEST = 0.1;
const float CATCHLIGHT = 4.0;
const float TOWARDS_VIEWER = 0.5;

// Light of a glow, whose radiance in direction d is c e^(k (d . g - 1)), that a matte surface scatters:
//     c m r^2,   m = min(2 / k, 1),   r = max((n . g + w) / (1 + w), 0),   w = 1 / (1 + k / 2)
// m is the solid angle of the glow over pi; a broad glow reaches farther around the surface.
vec3 glow_diffuse(int i, float cosine) {
    float wrap = 1.0 / (1.0 + 0.5 * glow_sharpness[i]);
    float reach = max((cosine + wrap) / (1.0 + wrap), 0.0);
    return glow_colors[i] * (min(2.0 / glow_sharpness[i], 1.0) * reach * reach);
}

// Radiance of all glows in the mirrored direction r: sum c e^(k' (r . g - 1)), k' = k / (1 + k roughness^2).
vec3 glow_mirrored(vec3 mirrored, float roughness) {
    vec3 light = vec3(0.0);
    for (int i = 0; i < GLOWS; i++) {
        float sharpness = glow_sharpness[i] / (1.0 + glow_sharpness[i] * roughness * roughness);
        light += glow_colors[i] * exp(sharpness * (dot(mirrored, glow_directions[i]) - 1.0));
    }
    return light;
}

// Brightness of the ground as a share of the sky's; chosen by eye.
const float GROUND_SHARE = 0.35;

// All reflected light: (sky u + glows) o F(n . v) (1 - roughness) + g sum_i L_i A_i highlight_i; g is CATCHLIGHT for eyes, else 1.
//     u = mix(GROUND_SHARE, 1, (1 + r_y) / 2),   r = 2 (n . v) n - v, the mirrored direction
// so that the undersides of brow, nose and chin are not as pale as if they mirrored the sky.
// light_shares: the shares A of the lights, then o of the sky.
vec3 reflected(vec3 normal, vec3 to_eye, float roughness, vec4 light_shares) {
    vec3 view = normalize(to_eye);
    float cosine = max(dot(normal, view), 0.0);
    float seen = mix(GROUND_SHARE, 1.0, 0.5 + 0.5 * (2.0 * cosine * normal.y - view.y));
    vec3 surroundings = sky_color * seen + glow_mirrored(2.0 * cosine * normal - view, roughness);
    vec3 light = surroundings * (light_shares.w * fresnel(cosine) * (1.0 - roughness));
    bool is_eye = roughness < SMOOTHEST;
    float gain = is_eye ? CATCHLIGHT : 1.0;
    for (int i = 0; i < LIGHTS; i++) {
        vec3 from = is_eye ? normalize(light_directions[i] + TOWARDS_VIEWER * view) : light_directions[i];
        light += light_colors[i] * (gain * light_shares[i] * highlight(normal, view, from, roughness));
    }
    return light;
}

// Ambient light in a hollow of openness o: o / (1 - 0.7 (1 - o) albedo), the sum over all bounces where 0.7 (1 - o) of
// the light that the surface scatters meets it again. 0.7 was chosen by eye.
vec3 bounced(float openness, vec3 albedo) {
    return openness / (1.0 - albedo * 0.7 * (1.0 - openness));
}
