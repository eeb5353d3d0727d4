// The deformed vertex, and what its pixels need to mirror the lights.
uniform sampler2D positions;
uniform sampler2D normals;
uniform sampler2D lit;
uniform sampler2D access;
uniform mat4 clip_from_world;

layout(location = 0) in int place; // of the vertex in the grid

#if TEXTURED
layout(location = 1) in vec2 texture_place;
out vec2 place_in_texture;
#endif

out vec3 world_position;
out vec3 world_normal;
out vec4 scattered; // linear RGB, roughness
out vec4 arriving;  // share of each light that arrives, then of the sky

#include "grid.glsl"

void main() {
#if TEXTURED
    place_in_texture = texture_place;
#endif
    world_position = texelFetch(positions, grid_cell(place), 0).xyz;
    world_normal = texelFetch(normals, grid_cell(place), 0).xyz;
    scattered = texelFetch(lit, grid_cell(gl_VertexID), 0);
    arriving = texelFetch(access, grid_cell(gl_VertexID), 0);
    gl_Position = clip_from_world * vec4(world_position, 1.0);
}
