// Translucent triangles: blending multiplies the picture behind them by this colour.
in vec3 factor;
out vec4 color; // sRGB

#if TEXTURED
uniform sampler2D skin_texture; // sRGB
in vec2 skin_coord;
#endif

void main() {
#if TEXTURED
    color = vec4(factor * texture(skin_texture, skin_coord).rgb, 1.0);
#else
    color = vec4(factor, 1.0);
#endif
}
