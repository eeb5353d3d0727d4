// Shiny triangles: scattered light, interpolated between vertices, times the texture, plus reflected light per pixel.
in vec3 world_position;
in vec3 world_normal;
in vec4 scattered;
in vec4 arriving;

#if TEXTURED
uniform sampler2D skin_texture; // sRGB
in vec2 skin_coord;
in vec2 view_across;
#endif

out vec4 color; // sRGB

#include "shared/color.glsl"
#include "skin/shading.glsl"
#if TEXTURED
#include "skin/eye.glsl"
const float SHARPER = -0.7; // mipmap levels; pupils stay round in small pictures
#endif

void main() {
    vec3 mirrored = reflected(normalize(world_normal), eye_position - world_position, scattered.a, arriving);
    vec3 diffuse = scattered.rgb;
#if TEXTURED
    vec2 seen = behind_cornea(skin_coord, view_across);
    diffuse *= decode_srgb(texture(skin_texture, seen, SHARPER).rgb);
#endif
    color = vec4(encode_srgb(tone_map((diffuse + mirrored) * exposure)), 1.0);
}
