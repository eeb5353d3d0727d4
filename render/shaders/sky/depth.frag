// Writes depth alone.
void main() {
}
