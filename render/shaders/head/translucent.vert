// Translucent triangles, such as lashes: posed position and own colour of a drawn vertex.
uniform sampler2D positions; // per vertex of the head, metres
uniform mat4 clip_from_world;
uniform vec3 viewer;         // position of the camera, metres

layout(location = 0) in int grid_item; // of the vertex in `positions`
layout(location = 2) in vec3 own_color; // sRGB
out vec3 factor;

#if TEXTURED
layout(location = 1) in vec2 texture_coord;
out vec2 skin_coord;
#endif

#include "shared/grid.glsl"

const float LIFT = 0.001; // metres towards the viewer, so that shadows lie above the cornea when it passes below

void main() {
#if TEXTURED
    skin_coord = texture_coord;
#endif
    factor = own_color;
    vec3 position = texelFetch(positions, grid_cell(grid_item), 0).xyz;
    gl_Position = clip_from_world * vec4(position + LIFT * normalize(viewer - position), 1.0);
}
