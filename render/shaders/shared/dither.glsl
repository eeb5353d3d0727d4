// Noise from -0.5 to 0.5 that hides the bands which a slow gradient has in 8 bits.
// Interleaved gradient noise, Jimenez, "Next Generation Post Processing in Call of Duty", SIGGRAPH 2014.
float dither(vec2 pixel) {
    return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))) - 0.5;
}
