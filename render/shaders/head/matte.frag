// Matte triangles: the colour of the vertices times the texture's. Back faces, the inside of an open mesh, get one
// dark colour.
in vec3 screen_color;
out vec4 color; // sRGB

#if TEXTURED
uniform sampler2D skin_texture; // sRGB
in vec2 skin_coord;
#endif

#if WRINKLED
#include "skin/wrinkles.glsl"
#endif

const vec3 HOLLOW = vec3(0.055, 0.030, 0.028); // sRGB, chosen by eye

void main() {
#if TEXTURED
    vec3 shown = screen_color * texture(skin_texture, skin_coord).rgb;
#if WRINKLED
    shown *= wrinkled(skin_coord);
#endif
#else
    vec3 shown = screen_color;
#endif
    color = vec4(gl_FrontFacing ? shown : HOLLOW, 1.0);
}
