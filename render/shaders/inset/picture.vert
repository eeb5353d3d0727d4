// A rectangle of the screen for the camera picture, whose top row comes first in memory.
uniform vec4 rectangle; // clip space: left, bottom, width, height

out vec2 place; // texture coordinates

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    place = vec2(corner.x, 1.0 - corner.y);
    gl_Position = vec4(rectangle.xy + corner * rectangle.zw, 0.0, 1.0);
}
