// Matte triangles: posed position and finished colour of a drawn vertex.
uniform sampler2D positions;    // per vertex of the head, metres
uniform sampler2D lit;          // per drawn vertex: sRGB, divided by the texture's mean colour there
uniform mat4 clip_from_world;

layout(location = 0) in int grid_item; // of the vertex in `positions`

out vec3 screen_color;

#if TEXTURED
layout(location = 1) in vec2 texture_coord;
out vec2 skin_coord;
#endif

#if WRINKLED
#include "skin/wrinkle_depths.glsl"
#endif

#include "shared/grid.glsl"

void main() {
#if TEXTURED
    skin_coord = texture_coord;
#endif
#if WRINKLED
    depths = depths_at(texture_coord);
#endif
    screen_color = texelFetch(lit, grid_cell(gl_VertexID), 0).rgb;
    gl_Position = clip_from_world * vec4(texelFetch(positions, grid_cell(grid_item), 0).xyz, 1.0);
}
