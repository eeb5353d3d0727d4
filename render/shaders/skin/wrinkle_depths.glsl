// Depths of the wrinkles at a vertex, from those of its side of the face and of its height.
uniform vec3 left_depths[2]; // 0..1, of the kinds above the borders and of those below
uniform vec3 right_depths[2];
out vec3 depths;

// Heights in the texture at which the kinds of each channel meet.
const vec3 BORDERS_V = vec3(RED_BORDER_V, GREEN_BORDER_V, BLUE_BORDER_V);

// coord: in the texture, where the middle of the face is at MIDLINE_U.
vec3 depths_at(vec2 coord) {
    float left = smoothstep(MIDLINE_U - 0.02, MIDLINE_U + 0.02, coord.x);
    vec3 above = smoothstep(BORDERS_V - 0.01, BORDERS_V + 0.01, vec3(coord.y));
    return mix(mix(right_depths[1], left_depths[1], left), mix(right_depths[0], left_depths[0], left), above);
}
