// Contrast of each tile of the picture: the largest range of any channel over the tile and the pixels around it.
// Each fragment is one tile of TILE x TILE pixels.
uniform sampler2D picture; // sRGB, multiplied by alpha

out vec4 contrast;

void main() {
    vec2 origin = float(TILE) * floor(gl_FragCoord.xy);
    vec2 texel = 1.0 / vec2(textureSize(picture, 0));
    vec4 low = vec4(1.0);
    vec4 high = vec4(0.0);
    for (int y = 0; y <= TILE; y += 2) {
        for (int x = 0; x <= TILE; x += 2) {
            vec4 mean_of_four = texture(picture, (origin + vec2(x, y)) * texel);
            low = min(low, mean_of_four);
            high = max(high, mean_of_four);
        }
    }
    vec4 spread = high - low;
    contrast = vec4(max(max(spread.r, spread.g), max(spread.b, spread.a)));
}
