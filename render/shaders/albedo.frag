// One fragment is one drawn vertex: its colour with the skin's fine structure, which moves with it.
uniform sampler2D drawn;    // per drawn vertex: linear albedo, place of the vertex
uniform sampler2D finishes; // per drawn vertex: roughness, softness
uniform sampler2D rest;
uniform float mottling;     // 1, or 0 where a texture brings the fine structure

out vec4 color; // linear albedo, place of the vertex

#include "grid.glsl"
#include "skin.glsl"

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec4 vertex = texelFetch(drawn, cell, 0);
    float softness = mottling * texelFetch(finishes, cell, 0).y;
    vec3 place = texelFetch(rest, grid_cell(int(vertex.w)), 0).xyz;
    color = vec4(mottled(vertex.rgb, place, softness), vertex.w);
}
