// The inside of an open mesh: hollow, so no light comes back.
out vec4 color;

void main() {
    color = vec4(0.055, 0.030, 0.028, 1.0);
}
