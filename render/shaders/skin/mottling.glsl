// Mottling of bare skin, computed from the rest position, so that it moves with the skin.

// Random number 0..1 of a cell; after Hoskins, "Hash without Sine", https://www.shadertoy.com/view/4djSRW.
float hash(vec3 cell) {
    vec3 mixed = fract(cell * vec3(0.1031, 0.1030, 0.0973));
    mixed += dot(mixed, mixed.yzx + 33.33);
    return fract((mixed.x + mixed.y) * mixed.z);
}

// Smooth value noise 0..1 with one feature per unit.
float noise(vec3 place) {
    vec3 cell = floor(place);
    vec3 t = fract(place);
    t = t * t * (3.0 - 2.0 * t);
    vec4 near = vec4(hash(cell), hash(cell + vec3(1, 0, 0)), hash(cell + vec3(0, 1, 0)), hash(cell + vec3(1, 1, 0)));
    cell.z += 1.0;
    vec4 far = vec4(hash(cell), hash(cell + vec3(1, 0, 0)), hash(cell + vec3(0, 1, 0)), hash(cell + vec3(1, 1, 0)));
    vec4 layer = mix(near, far, t.z);
    vec2 row = mix(layer.xz, layer.yw, t.x);
    return mix(row.x, row.y, t.y);
}

// Blood under the skin: blotches of about a centimetre that vary red by 3 % and green and blue by 7 and 6 %.
// rest_position: metres; softness: 0 none, 1 full. The strengths were chosen by eye.
vec3 mottled(vec3 albedo, vec3 rest_position, float softness) {
    float blotch = noise(rest_position * 110.0) - 0.5;
    return albedo * (1.0 + softness * blotch * vec3(0.06, 0.14, 0.12));
}
