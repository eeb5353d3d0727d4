// Shiny triangles: posed position and normal of a drawn vertex, with the light that its pixels need.
uniform sampler2D positions;    // per vertex of the head, metres
uniform sampler2D normals;      // per vertex of the head
uniform sampler2D lit;          // per drawn vertex: scattered light, linear RGB, and roughness
uniform sampler2D light_shares; // per drawn vertex: share of each light that arrives, then of the sky
uniform mat4 clip_from_world;

layout(location = 0) in int grid_item; // of the vertex in `positions` and `normals`

#if TEXTURED
layout(location = 1) in vec2 texture_coord;
out vec2 skin_coord;
#endif

#if WRINKLED
#include "skin/wrinkle_depths.glsl"
#endif

#if EYES
uniform vec3 viewer;            // position of the camera, metres
uniform vec3 eye_centers[2];    // left and right, metres
uniform mat3 eye_from_world[2]; // inverse of the eyes' rotations

out vec2 view_across; // part of the unit vector towards the viewer across the nearer eye's axis; x outwards, y up
#endif

out vec3 world_position;
out vec3 world_normal;
out vec4 scattered; // linear RGB, roughness
out vec4 arriving;  // share of each light that arrives, then of the sky

#include "shared/grid.glsl"

void main() {
    world_position = texelFetch(positions, grid_cell(grid_item), 0).xyz;
#if TEXTURED
    skin_coord = texture_coord;
#endif
#if WRINKLED
    depths = depths_at(texture_coord);
#endif
#if EYES
    bool is_left = distance(world_position, eye_centers[0]) < distance(world_position, eye_centers[1]);
    vec3 view = (is_left ? eye_from_world[0] : eye_from_world[1]) * normalize(viewer - world_position);
    view_across = vec2(is_left ? view.x : -view.x, view.y);
#endif
    world_normal = texelFetch(normals, grid_cell(grid_item), 0).xyz;
    scattered = texelFetch(lit, grid_cell(gl_VertexID), 0);
    arriving = texelFetch(light_shares, grid_cell(gl_VertexID), 0);
    gl_Position = clip_from_world * vec4(world_position, 1.0);
}
