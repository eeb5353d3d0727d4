// Depths of the wrinkles at a vertex, from those of its side of the face.
uniform vec3 left_depths; // of the wrinkles of raised brows, a frown and narrowed eyes, 0..1
uniform vec3 right_depths;
out vec3 depths;

// coord: in the texture, where the middle of the face is at MIDLINE_U.
vec3 depths_at(vec2 coord) {
    return mix(right_depths, left_depths, smoothstep(MIDLINE_U - 0.02, MIDLINE_U + 0.02, coord.x));
}
