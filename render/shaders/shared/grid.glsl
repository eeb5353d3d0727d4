// Arrays are stored row by row in textures GRID_WIDTH texels wide. Return the texel of an item.
// GRID_WIDTH must be a power of two.
ivec2 grid_cell(int item) {
    return ivec2(item % GRID_WIDTH, item / GRID_WIDTH);
}
