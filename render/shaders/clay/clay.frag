// Clay: the lit colour of the vertices, marked where the texture is darker than the skin. The inside is dark clay.
in vec3 screen_color;
out vec4 color; // sRGB

#if TEXTURED
uniform sampler2D skin_texture;  // sRGB
uniform float skin_brightness;   // usual mean of its red, green and blue
in vec2 skin_coord;
#endif

const vec3 HOLLOW = vec3(0.075, 0.065, 0.060); // sRGB, chosen by eye

void main() {
    vec3 shown = screen_color;
#if TEXTURED
    float brightness = dot(texture(skin_texture, skin_coord).rgb, vec3(1.0 / 3.0));
    shown *= 1.0 - MARKED * max(1.0 - brightness / skin_brightness, 0.0);
#endif
    color = vec4(gl_FrontFacing ? shown : HOLLOW, 1.0);
}
