// The head seen from far away along one direction, for its depth alone.
uniform sampler2D positions;
uniform vec3 direction;
uniform vec4 bounds; // xyz centre, w radius in metres

layout(location = 0) in int place;

#include "grid.glsl"
#include "parallel.glsl"

void main() {
    vec3 position = texelFetch(positions, grid_cell(place), 0).xyz;
    gl_Position = vec4(parallel_view(position, direction, bounds), 1.0);
}
