// Albedo of the drawn vertices, mottled where no texture brings detail. Each fragment is one drawn vertex.
uniform sampler2D drawn;    // per drawn vertex: linear albedo, and the grid item of its vertex
uniform sampler2D finishes; // per drawn vertex: roughness, softness, and one more
uniform sampler2D rest;     // per vertex of the head: rest position, metres
uniform float mottling;     // 1, or 0 for a head with a texture

out vec4 color; // linear albedo, and the grid item of the vertex

#include "shared/grid.glsl"
#include "skin/mottling.glsl"

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec4 vertex = texelFetch(drawn, cell, 0);
    float softness = mottling * texelFetch(finishes, cell, 0).y;
    vec3 place = texelFetch(rest, grid_cell(int(vertex.w)), 0).xyz;
    color = vec4(mottled(vertex.rgb, place, softness), vertex.w);
}
