// Fetch the deformed vertex; pass what the light needs to the fragments.
uniform sampler2D positions;
uniform sampler2D normals;
uniform sampler2D rest;
uniform sampler2D sky_access;   // per vertex: xyz direction, w mean of the directions it sees at rest
uniform mat4 clip_from_world;
uniform mat3 rest_from_world;   // undoes the turn of the skull
uniform vec3 light_directions[LIGHTS];

layout(location = 0) in int source;    // vertex of the head
layout(location = 1) in vec3 albedo;   // linear
layout(location = 2) in vec2 finish;   // roughness, softness

out vec3 world_position;
out vec3 world_normal;
out vec3 rest_position; // metres, for detail that sticks to the skin
out vec3 base_color;
out vec2 surface;
out vec4 access; // light reaching this point: from each light, then from all around

#include "grid.glsl"

// Share of light from `direction` that reaches the vertex; sees: first-order visibility, n: unit normal.
float reaches(vec4 sees, vec3 n, vec3 direction) {
    float open_surface = 0.5 + 0.75 * max(dot(n, direction), 0.0);
    return clamp((sees.w + dot(sees.xyz, direction)) / open_surface, 0.0, 1.0);
}

void main() {
    ivec2 cell = grid_cell(source);
    world_position = texelFetch(positions, cell, 0).xyz;
    world_normal = texelFetch(normals, cell, 0).xyz;
    rest_position = texelFetch(rest, cell, 0).xyz;
    base_color = albedo;
    surface = finish;
    vec4 sees = texelFetch(sky_access, cell, 0);
    vec3 n = rest_from_world * world_normal;
    for (int i = 0; i < LIGHTS; i++) {
        access[i] = reaches(sees, n, rest_from_world * light_directions[i]);
    }
    access.w = clamp(sees.w + dot(sees.xyz, n) / 1.5, 0.0, 1.0);
    gl_Position = clip_from_world * vec4(world_position, 1.0);
}
