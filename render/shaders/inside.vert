// The deformed vertex, for its place alone.
uniform sampler2D positions;
uniform mat4 clip_from_world;

layout(location = 0) in int source; // vertex of the head

#include "grid.glsl"

void main() {
    gl_Position = clip_from_world * vec4(texelFetch(positions, grid_cell(source), 0).xyz, 1.0);
}
