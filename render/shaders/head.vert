// Fetch the deformed vertex and the light on it.
uniform sampler2D positions;
uniform sampler2D normals;
uniform sampler2D scattered;
uniform sampler2D access;
uniform mat4 clip_from_world;
uniform vec3 eye_position;

layout(location = 0) in int source; // vertex of the head

out vec3 world_normal;
out vec3 to_eye;
out vec4 diffuse;      // linear RGB, roughness
out vec4 light_access; // from each light, then from the sky

#include "grid.glsl"

void main() {
    vec3 position = texelFetch(positions, grid_cell(source), 0).xyz;
    world_normal = texelFetch(normals, grid_cell(source), 0).xyz;
    diffuse = texelFetch(scattered, grid_cell(gl_VertexID), 0);
    light_access = texelFetch(access, grid_cell(gl_VertexID), 0);
    to_eye = eye_position - position;
    gl_Position = clip_from_world * vec4(position, 1.0);
}
