// The deformed vertex and its finished colour.
uniform sampler2D positions;
uniform sampler2D lit;
uniform mat4 clip_from_world;

layout(location = 0) in int place; // of the vertex in the grid

out vec3 screen_color;

#if TEXTURED
layout(location = 1) in vec2 texture_place;
out vec2 place_in_texture;
#endif

#include "grid.glsl"

void main() {
#if TEXTURED
    place_in_texture = texture_place;
#endif
    screen_color = texelFetch(lit, grid_cell(gl_VertexID), 0).rgb;
    gl_Position = clip_from_world * vec4(texelFetch(positions, grid_cell(place), 0).xyz, 1.0);
}
