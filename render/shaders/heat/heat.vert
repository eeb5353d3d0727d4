// Posed position of a drawn vertex, and how far it has moved from rest within the head:
//     s = | (w R + (1 - w) S)^-1 x - r |
// x posed and r rest position, w weight of the root joint, R and S transforms of root and skull. Without jaw, eyes and
// expression x is (w R + (1 - w) S) r, so that turning the head moves nothing.
uniform sampler2D positions; // per vertex of the head, metres
uniform sampler2D normals;   // per vertex of the head
uniform sampler2D rest;      // per vertex of the head: position at rest in metres, weight of the root joint
uniform mat4 clip_from_world;
uniform mat3 camera_from_world;
uniform mat4 root;
uniform mat4 skull;

layout(location = 0) in int grid_item; // of the vertex in the textures

out vec3 facing;  // normal in the camera's axes
out float moved;  // metres

#include "shared/grid.glsl"

void main() {
    ivec2 cell = grid_cell(grid_item);
    vec4 position = vec4(texelFetch(positions, cell, 0).xyz, 1.0);
    vec4 at_rest = texelFetch(rest, cell, 0);
    moved = distance((inverse(at_rest.w * root + (1.0 - at_rest.w) * skull) * position).xyz, at_rest.xyz);
    facing = camera_from_world * texelFetch(normals, cell, 0).xyz;
    gl_Position = clip_from_world * position;
}
