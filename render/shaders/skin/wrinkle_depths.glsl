// Depths of the wrinkles at a vertex, from those of its side of the face and of its height.
uniform vec3 left_depths[2]; // 0..1, of the kinds above the borders and of those below
uniform vec3 right_depths[2];
uniform vec2 brow_depths;    // left and right: of the blue channel's kind above BROW_BORDER_V
out vec3 depths;

// Heights in the texture at which the kinds of each channel meet.
const vec3 BORDERS_V = vec3(RED_BORDER_V, GREEN_BORDER_V, BLUE_BORDER_V);

// coord: in the texture, where the middle of the face is at MIDLINE_U.
vec3 depths_at(vec2 coord) {
    float left = smoothstep(MIDLINE_U - 0.02, MIDLINE_U + 0.02, coord.x);
    vec3 above = smoothstep(BORDERS_V - 0.01, BORDERS_V + 0.01, vec3(coord.y));
    vec3 depths = mix(mix(right_depths[1], left_depths[1], left), mix(right_depths[0], left_depths[0], left), above);
    float brow = smoothstep(BROW_BORDER_V - 0.01, BROW_BORDER_V + 0.01, coord.y);
    return vec3(depths.rg, mix(depths.b, mix(brow_depths.y, brow_depths.x, left), brow));
}
