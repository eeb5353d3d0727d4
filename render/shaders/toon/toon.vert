// Posed position, own colour and light of a drawn vertex.
uniform sampler2D positions;    // per vertex of the head, metres
uniform sampler2D normals;      // per vertex of the head
uniform sampler2D lit;          // per drawn vertex: roughness in w
uniform sampler2D light_shares; // per drawn vertex: share of each light that arrives, then of the sky
uniform mat4 clip_from_world;
uniform vec3 key_direction; // towards the key light

layout(location = 0) in int grid_item;  // of the vertex in `positions` and `normals`
layout(location = 2) in vec3 own_color; // sRGB

#if TEXTURED
layout(location = 1) in vec2 texture_coord;
out vec2 skin_coord;
#endif

out vec3 plain; // sRGB
out float key;  // cosine of the key light's angle, less where the head shades itself

#include "shared/grid.glsl"

const float EYE_ROUGHNESS = 0.1; // eyes stay bright, because nobody draws shadows on them

void main() {
    ivec2 cell = grid_cell(grid_item);
    vec3 normal = texelFetch(normals, cell, 0).xyz;
#if TEXTURED
    skin_coord = texture_coord;
#endif
    plain = own_color;
    ivec2 drawn = grid_cell(gl_VertexID);
    bool is_eye = texelFetch(lit, drawn, 0).w < EYE_ROUGHNESS;
    key = is_eye ? 1.0 : dot(normal, key_direction) - 0.5 * (1.0 - texelFetch(light_shares, drawn, 0).x);
    gl_Position = clip_from_world * vec4(texelFetch(positions, cell, 0).xyz, 1.0);
}
