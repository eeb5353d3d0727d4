// Landmarks over the picture.
uniform vec4 rectangle; // clip space: left, bottom, width, height
uniform vec2 picture_size;
uniform float point_size;

layout(location = 0) in vec2 landmark; // pixels of the picture, y down

void main() {
    vec2 place = landmark / picture_size;
    gl_Position = vec4(rectangle.xy + vec2(place.x, 1.0 - place.y) * rectangle.zw, 0.0, 1.0);
    gl_PointSize = point_size;
}
