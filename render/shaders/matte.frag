// Front faces show their colour; the inside of an open mesh is hollow and sends next to no light back.
in vec3 screen_color;
out vec4 color;

#if TEXTURED
uniform sampler2D skin_texture;
in vec2 place_in_texture;
#endif

const vec3 HOLLOW = vec3(0.055, 0.030, 0.028);

void main() {
#if TEXTURED
    vec3 shown = screen_color * texture(skin_texture, place_in_texture).rgb;
#else
    vec3 shown = screen_color;
#endif
    color = vec4(gl_FrontFacing ? shown : HOLLOW, 1.0);
}
