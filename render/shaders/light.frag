// One fragment is one drawn vertex: the light that its surface scatters, and how much of each light reaches it.
// Scattered light changes slowly over the skin, so it is computed here and interpolated. Matte surfaces get their
// broad highlights here too and come out as colours of the screen; shiny ones get theirs per pixel.
uniform sampler2D albedos;    // per drawn vertex: linear albedo, place of the vertex
uniform sampler2D finishes;   // per drawn vertex: roughness, softness
uniform sampler2D tints;      // per drawn vertex: the texture's share of its colour, as `lit` is encoded
uniform sampler2D positions;
uniform sampler2D normals;
uniform sampler2D sky_access; // per vertex of the head: xyz direction, w mean of the directions it sees at rest
uniform mat3 rest_from_world; // undoes the turn of the skull
uniform vec3 ground_color;

layout(location = 0) out vec4 lit;    // shiny: linear RGB; matte: screen RGB; both per texture's RGB; then roughness
layout(location = 1) out vec4 access; // share of each light that arrives, then of the sky

#include "grid.glsl"
#include "color.glsl"
#include "surface.glsl"

const float EYE_ROUGHNESS = 0.2;
const float EYE_ACCESS = 0.45;
const float WET_ROUGHNESS = 0.38;
const float WET_ACCESS = 0.24;

// Share of light from `direction` that reaches a vertex; sees: first-order visibility, n: unit normal.
float reaches(vec4 sees, vec3 n, vec3 direction) {
    float open_surface = 0.5 + 0.75 * max(dot(n, direction), 0.0);
    return clamp((sees.w + dot(sees.xyz, direction)) / open_surface, 0.0, 1.0);
}

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec4 vertex = texelFetch(albedos, cell, 0);
    vec2 finish = texelFetch(finishes, cell, 0).xy;
    ivec2 source = grid_cell(int(vertex.w));
    vec3 normal = texelFetch(normals, source, 0).xyz;
    vec4 sees = texelFetch(sky_access, source, 0);
    vec3 rest_normal = rest_from_world * normal;
    vec3 albedo = vertex.rgb;
    // Eyeballs turn and tongues come out: what lids and lips hide while access is measured comes into the light.
    float least = finish.x < EYE_ROUGHNESS ? EYE_ACCESS : finish.x < WET_ROUGHNESS ? WET_ACCESS : 0.0;
    float openness = clamp(sees.w + dot(sees.xyz, rest_normal) / 1.5, least, 1.0);
    vec3 light = mix(ground_color, sky_color, 0.5 + 0.5 * normal.y) * bounced(openness, albedo);
    access = vec4(openness);
    for (int i = 0; i < LIGHTS; i++) {
        access[i] = max(reaches(sees, rest_normal, rest_from_world * light_directions[i]), least);
        light += light_colors[i] * access[i] * wrapped_diffuse(dot(normal, light_directions[i]), finish.y);
    }
    lit = vec4(albedo * light, finish.x);
    if (finish.x >= SHINY_BELOW) {
        vec3 to_eye = eye_position - texelFetch(positions, source, 0).xyz;
        lit.rgb = encode_srgb(tone_map((lit.rgb + reflected(normal, to_eye, finish.x, access)) * exposure));
    }
    lit.rgb /= texelFetch(tints, cell, 0).rgb;
}
