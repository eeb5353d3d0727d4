// Refraction by the cornea: the iris lies behind the surface on which the texture shows it.

const float APEX_DEPTH = 0.24;        // depth of the iris behind the cornea's front, in eye radii; about 2.8 mm
const float REFRACTION_SQUARE = 1.77; // square of the cornea's refractive index, 1.33

// Return the texture coordinate that is seen at `coord` of the surface. q, radians on the eye from its axis:
//     q' = q - d t / sqrt(n^2 - t^2),   d = D (1 - |q|^2 / Q^2) inside the iris's edge Q, else 0
// t: the part of the unit vector towards the viewer across the eye's axis, in the axes of the eye's picture.
vec2 behind_cornea(vec2 coord, vec2 across) {
    vec2 q = (coord - vec2(EYE_U, EYE_V)) * EYE_RADIANS_PER_U;
    float depth = APEX_DEPTH * max(1.0 - dot(q, q) / (IRIS_RADIANS * IRIS_RADIANS), 0.0);
    q -= depth * across * inversesqrt(REFRACTION_SQUARE - dot(across, across));
    return vec2(EYE_U, EYE_V) + q / EYE_RADIANS_PER_U;
}
