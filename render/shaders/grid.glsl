// Items are laid out row by row in textures GRID_WIDTH wide, which must be a power of two.
ivec2 grid_cell(int item) {
    return ivec2(item % GRID_WIDTH, item / GRID_WIDTH);
}
