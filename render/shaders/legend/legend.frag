// A picture with straight alpha.
uniform sampler2D picture;

in vec2 place;
out vec4 color; // sRGB, multiplied by alpha

void main() {
    vec4 shown = texture(picture, place);
    color = vec4(shown.rgb * shown.a, shown.a);
}
