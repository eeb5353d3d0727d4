// Add the mirror-like part of each light to the scattered light, then make it a colour of the screen.
uniform vec3 light_directions[LIGHTS];
uniform vec3 light_colors[LIGHTS];
uniform vec3 sky_color;
uniform float exposure;

in vec3 world_normal;
in vec3 to_eye;
in vec4 diffuse;
in vec4 light_access;

out vec4 color;

#include "color.glsl"
#include "surface.glsl"

void main() {
    vec3 view = normalize(to_eye);
    vec3 normal = normalize(world_normal);
    float roughness = diffuse.a;
    float mirrored = fresnel(max(dot(normal, view), 0.0));
    vec3 light = diffuse.rgb + sky_color * (light_access.w * mirrored * (1.0 - roughness));
    for (int i = 0; i < LIGHTS; i++) {
        float shine = highlight(normal, view, light_directions[i], roughness);
        light += light_colors[i] * (light_access[i] * shine);
    }
    color = vec4(encode_srgb(tone_map(light * exposure)), 1.0);
}
