// Light on the drawn vertices of the posed head. Each fragment is one drawn vertex.
//     scattered = albedo ( ambient + sum_i L_i A_i diffuse(n . l_i) + sum_j A_j glow_j(n . g_j) )
//     ambient   = mix(ground, sky, (1 + n_y) / 2) bounced(o, albedo)
//     A_i       = s^2 (3 - 2 s),   s = clamp( (m + v . l_i) / (1/2 + 3/4 max(n . l_i, 0)), 0, 1 )
//     o         = clamp( m + 2/3 v . n, 0, 1 )
// L_i and l_i colour and direction of light i, g_j direction of glow j; n normal; diffuse and glow as in
// skin/shading.glsl; A_i, and A_j in the same way, share of a light that
// arrives; o openness, the share of the sky that arrives, weighted by the cosine. m + v . d is the visibility of
// direction d up to first order (sky/visibility.frag); an open surface has m = 1/2 and v = 3/4 n, which makes
// A_i = o = 1. A first order changes slowly with direction; the cubic, chosen by eye, lets hollows under brow, nose and
// chin fall into shadow and keeps light from behind out of them. Visibility is measured at rest, so n and l_i are turned
// back to rest for A_i and o: with the root, as far as it moves the vertex, else with the skull.
// Scattered light changes slowly over skin, so it is interpolated between vertices. Matte surfaces get their broad
// highlights here as well and leave as finished sRGB; shiny ones get their highlights per pixel (head/shiny.frag).
uniform sampler2D albedos;    // per drawn vertex: linear albedo, and the grid item of its vertex
uniform sampler2D finishes;   // per drawn vertex: roughness, softness, least share of the light that arrives
uniform sampler2D tints;      // per drawn vertex: the texture's mean colour there; linear if shiny, sRGB if matte
uniform sampler2D positions;  // per vertex of the head, metres
uniform sampler2D normals;    // per vertex of the head
uniform sampler2D sky_visibility; // per vertex of the head: v, m
uniform sampler2D rest;       // per vertex of the head: position at rest, weight of the root joint
uniform mat3 rest_from_skull; // inverse of the skull's rotation
uniform mat3 rest_from_root;  // inverse of the root's rotation
uniform vec3 ground_color;    // linear RGB

layout(location = 0) out vec4 lit;    // RGB divided by the tint (linear if shiny, sRGB if matte), roughness
layout(location = 1) out vec4 light_shares; // A of the three lights, o

#include "shared/grid.glsl"
#include "shared/color.glsl"
#include "skin/shading.glsl"

// A_i of the equation above; sees: v, m.
float reaches(vec4 sees, vec3 n, vec3 direction) {
    float open_surface = 0.5 + 0.75 * max(dot(n, direction), 0.0);
    float share = clamp((sees.w + dot(sees.xyz, direction)) / open_surface, 0.0, 1.0);
    return share * share * (3.0 - 2.0 * share);
}

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec4 vertex = texelFetch(albedos, cell, 0);
    vec3 finish = texelFetch(finishes, cell, 0).xyz;
    ivec2 source = grid_cell(int(vertex.w));
    vec3 normal = texelFetch(normals, source, 0).xyz;
    vec4 sees = texelFetch(sky_visibility, source, 0);
    mat3 rest_from_world = rest_from_skull + texelFetch(rest, source, 0).w * (rest_from_root - rest_from_skull);
    vec3 rest_normal = rest_from_world * normal;
    vec3 albedo = vertex.rgb;
    float openness = clamp(sees.w + dot(sees.xyz, rest_normal) / 1.5, finish.z, 1.0);
    vec3 light = mix(ground_color, sky_color, 0.5 + 0.5 * normal.y) * bounced(openness, albedo);
    light_shares = vec4(openness);
    for (int i = 0; i < LIGHTS; i++) {
        vec3 direction = rest_from_world * light_directions[i];
        light_shares[i] = max(reaches(sees, rest_normal, direction), direction.z > 0.0 ? finish.z : 0.0);
        light += light_colors[i] * light_shares[i] * wrapped_diffuse(dot(normal, light_directions[i]), finish.y);
    }
    for (int i = 0; i < GLOWS; i++) {
        vec3 direction = rest_from_world * glow_directions[i];
        float share = max(reaches(sees, rest_normal, direction), direction.z > 0.0 ? finish.z : 0.0);
        light += glow_diffuse(i, dot(normal, glow_directions[i])) * share;
    }
    lit = vec4(albedo * light, finish.x);
    if (finish.x >= SHINY_BELOW) {
        vec3 to_eye = eye_position - texelFetch(positions, source, 0).xyz;
        lit.rgb = encode_srgb(tone_map((lit.rgb + reflected(normal, to_eye, finish.x, light_shares)) * exposure));
    }
    lit.rgb /= texelFetch(tints, cell, 0).rgb;
}
