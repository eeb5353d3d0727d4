// One point is one tile of the picture, thrown away where the picture hardly changes.
uniform sampler2D contrasts;
uniform vec2 first_tile;
uniform int columns;
uniform vec2 picture_size; // pixels

const float LEAST_CONTRAST = 0.13; // of means of four pixels; edges.frag asks 0.14 of pixels

void main() {
    ivec2 tile = ivec2(first_tile) + ivec2(gl_VertexID % columns, gl_VertexID / columns);
    vec2 center = (vec2(tile) + 0.5) * float(TILE) / picture_size;
    bool kept = texelFetch(contrasts, tile, 0).r > LEAST_CONTRAST;
    gl_Position = kept ? vec4(2.0 * center - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = float(TILE);
}
