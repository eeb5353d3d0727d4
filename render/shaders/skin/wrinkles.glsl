// Wrinkles, which deepen with the expression; each channel holds one kind above its border and one below.
uniform sampler2D wrinkles; // how much brighter the kinds make the skin, FLAT where they leave it as it is
in vec3 depths;             // of the channels' kinds, 0..1

const float FLAT = 128.0 / 255.0;

float wrinkled(vec2 coord) {
    return 1.0 + dot(texture(wrinkles, coord).rgb - FLAT, depths);
}
