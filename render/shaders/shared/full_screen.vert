// One triangle that covers the whole viewport, computed from the vertex number alone.
out vec2 screen;  // 0..1, origin at the lower left

void main() {
    screen = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    gl_Position = vec4(screen * 2.0 - 1.0, 0.0, 1.0);
}
