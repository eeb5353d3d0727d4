// Shiny triangles: scattered light, interpolated between vertices, times the texture, plus reflected light per pixel.
in vec3 world_position;
in vec3 world_normal;
in vec4 scattered;
in vec4 arriving;

#if TEXTURED
uniform sampler2D skin_texture; // sRGB
in vec2 skin_coord;
#endif

#if EYES
in vec2 view_across;
#include "skin/eye.glsl"
#endif

#if WRINKLED
#include "skin/wrinkles.glsl"
#endif

out vec4 color; // sRGB

#include "shared/color.glsl"
#include "skin/shading.glsl"

// Added to the mipmap level of eyes, so that pupils stay round in small pictures; chosen by eye.
const float SHARPER = -0.7;

void main() {
    vec3 mirrored = reflected(normalize(world_normal), eye_position - world_position, scattered.a, arriving);
    vec3 diffuse = scattered.rgb;
#if EYES
    float bias = scattered.a < SMOOTHEST ? SHARPER : 0.0;
    diffuse *= decode_srgb(texture(skin_texture, behind_cornea(skin_coord, view_across), bias).rgb);
#elif TEXTURED
    diffuse *= decode_srgb(texture(skin_texture, skin_coord).rgb);
#endif
#if WRINKLED
    diffuse *= pow(wrinkled(skin_coord), 2.2); // the factor is one of sRGB
#endif
    color = vec4(encode_srgb(tone_map((diffuse + mirrored) * exposure)), 1.0);
}
