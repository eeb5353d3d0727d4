// Add what the surface mirrors to the scattered light and make it a colour of the screen.
in vec3 world_position;
in vec3 world_normal;
in vec4 scattered;
in vec4 arriving;

out vec4 color;

#include "color.glsl"
#include "surface.glsl"

void main() {
    vec3 mirrored = reflected(normalize(world_normal), eye_position - world_position, scattered.a, arriving);
    color = vec4(encode_srgb(tone_map((scattered.rgb + mirrored) * exposure)), 1.0);
}
