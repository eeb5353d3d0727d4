// Shiny triangles: scattered light, interpolated between vertices, times the texture, plus reflected light per pixel.
in vec3 world_position;
in vec3 world_normal;
in vec4 scattered;
in vec4 arriving;

#if TEXTURED
uniform sampler2D skin_texture; // sRGB
in vec2 skin_coord;
#endif

out vec4 color; // sRGB

#include "shared/color.glsl"
#include "skin/shading.glsl"

void main() {
    vec3 mirrored = reflected(normalize(world_normal), eye_position - world_position, scattered.a, arriving);
    vec3 diffuse = scattered.rgb;
#if TEXTURED
    diffuse *= decode_srgb(texture(skin_texture, skin_coord).rgb);
#endif
    color = vec4(encode_srgb(tone_map((diffuse + mirrored) * exposure)), 1.0);
}
