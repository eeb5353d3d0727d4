// Wrinkles of raised brows, a frown and narrowed eyes, which deepen with the expression.
uniform sampler2D wrinkles; // how much brighter the three kinds make the skin, FLAT where they leave it as it is
in vec3 depths;             // of the three kinds, 0..1

const float FLAT = 128.0 / 255.0;

float wrinkled(vec2 coord) {
    return 1.0 + dot(texture(wrinkles, coord).rgb - FLAT, depths);
}
