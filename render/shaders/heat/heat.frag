// Displacement as a colour of the scale, a little darker where the surface turns away, so that its shape is seen.
uniform sampler2D scale;     // sRGB; its width is the scale from 0 to `most_metres`
uniform float most_metres;

in vec3 facing;
in float moved; // metres

out vec4 color; // sRGB

const float DARKEST = 0.45; // at the outline; chosen by eye

void main() {
    float share = clamp(moved / most_metres, 0.0, 1.0);
    vec3 shown = texture(scale, vec2(share * 255.0 / 256.0 + 0.5 / 256.0, 0.5)).rgb;
    color = vec4(shown * mix(DARKEST, 1.0, abs(normalize(facing).z)), 1.0);
}
