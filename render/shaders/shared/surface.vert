// Posed position of a drawn vertex, and its normal in the camera's axes: x right, y up, z towards the viewer.
uniform sampler2D positions; // per vertex of the head, metres
uniform sampler2D normals;   // per vertex of the head
uniform mat4 clip_from_world;
uniform mat3 camera_from_world;

layout(location = 0) in int grid_item; // of the vertex in `positions` and `normals`

out vec3 facing;

#include "shared/grid.glsl"

void main() {
    ivec2 cell = grid_cell(grid_item);
    facing = camera_from_world * texelFetch(normals, cell, 0).xyz;
    gl_Position = clip_from_world * vec4(texelFetch(positions, cell, 0).xyz, 1.0);
}
