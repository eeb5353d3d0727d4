// A corner of a triangle: vertex 3 t + c is corner c of triangle t.
uniform sampler2D positions; // per vertex of the head, metres
uniform sampler2D normals;   // per vertex of the head
uniform isampler2D corners;  // per triangle: grid items of its corners
uniform mat4 clip_from_world;
uniform mat3 camera_from_world;

out vec3 facing;              // normal in the camera's axes
noperspective out vec3 place; // barycentric, on the screen

#include "shared/grid.glsl"

void main() {
    int corner = gl_VertexID % 3;
    ivec2 cell = grid_cell(texelFetch(corners, grid_cell(gl_VertexID / 3), 0)[corner]);
    place = vec3(equal(ivec3(corner), ivec3(0, 1, 2)));
    facing = camera_from_world * texelFetch(normals, cell, 0).xyz;
    gl_Position = clip_from_world * vec4(texelFetch(positions, cell, 0).xyz, 1.0);
}
