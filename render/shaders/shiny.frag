// Add what the surface mirrors to the scattered light and make it a colour of the screen.
in vec3 world_position;
in vec3 world_normal;
in vec4 scattered;
in vec4 arriving;

#if TEXTURED
uniform sampler2D skin_texture;
in vec2 place_in_texture;
#endif

out vec4 color;

#include "color.glsl"
#include "surface.glsl"

void main() {
    vec3 mirrored = reflected(normalize(world_normal), eye_position - world_position, scattered.a, arriving);
    vec3 diffuse = scattered.rgb;
#if TEXTURED
    diffuse *= decode_srgb(texture(skin_texture, place_in_texture).rgb);
#endif
    color = vec4(encode_srgb(tone_map((diffuse + mirrored) * exposure)), 1.0);
}
