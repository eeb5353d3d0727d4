// One point for each tile of the picture; tiles without contrast are moved out of view.
uniform sampler2D contrasts;
uniform vec2 first_tile;   // column and row of the tile at the lower left
uniform int columns;       // tiles in a row
uniform vec2 picture_size; // pixels

// Slightly below the threshold of edges.frag, because means of four pixels have less contrast than pixels.
const float LEAST_CONTRAST = 0.13;

void main() {
    ivec2 tile = ivec2(first_tile) + ivec2(gl_VertexID % columns, gl_VertexID / columns);
    vec2 center = (vec2(tile) + 0.5) * float(TILE) / picture_size;
    bool kept = texelFetch(contrasts, tile, 0).r > LEAST_CONTRAST;
    gl_Position = kept ? vec4(2.0 * center - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = float(TILE);
}
