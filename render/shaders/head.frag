// Light the head: three lights, ambient light from sky and ground, skin that bleeds red at the terminator.
uniform vec3 eye_position;
uniform vec3 light_directions[LIGHTS];
uniform vec3 light_colors[LIGHTS];
uniform vec3 sky_color;
uniform vec3 ground_color;
uniform float exposure;

in vec3 world_position;
in vec3 world_normal;
in vec3 rest_position;
in vec3 base_color;
in vec2 surface;
in vec4 access;

out vec4 color;

#include "color.glsl"
#include "skin.glsl"
#include "surface.glsl"

void main() {
    vec3 view = normalize(eye_position - world_position);
    vec3 normal = normalize(gl_FrontFacing ? world_normal : -world_normal);
    float roughness = surface.x;
    float softness = surface.y;
    vec3 albedo = mottled(base_color, rest_position, softness);
    float facing = max(dot(normal, view), 1e-3);
    vec3 diffuse = vec3(0.0);
    vec3 specular = vec3(0.0);
    for (int i = 0; i < LIGHTS; i++) {
        vec3 light = light_colors[i] * access[i];
        float cosine = dot(normal, light_directions[i]);
        diffuse += light * wrapped_diffuse(cosine, softness);
        specular += light * highlight(normal, view, light_directions[i], cosine, facing, roughness);
    }
    vec3 ambient = mix(ground_color, sky_color, 0.5 + 0.5 * normal.y) * bounced(access.w, albedo);
    specular += sky_color * access.w * fresnel(facing) * (1.0 - roughness) * 0.6;
    vec3 light = albedo * (diffuse + ambient) + specular;
    color = vec4(encode_srgb(tone_map(light * exposure)), 1.0);
}
