// Depth map of the head, seen from far away along one direction.
uniform sampler2D positions; // metres
uniform vec3 direction;      // towards the viewer
uniform vec4 bounds;         // sphere around the head: xyz centre, w radius, metres

layout(location = 0) in int grid_item; // of the vertex in `positions`

#include "shared/grid.glsl"
#include "sky/parallel_view.glsl"

void main() {
    vec3 position = texelFetch(positions, grid_cell(grid_item), 0).xyz;
    gl_Position = vec4(parallel_view(position, direction, bounds), 1.0);
}
