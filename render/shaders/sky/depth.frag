// No colour: only the depth of each pixel is written.
void main() {
}
