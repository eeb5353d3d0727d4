// One point for each of the tracker's landmarks, over the camera picture.
uniform vec4 rectangle;    // of the picture, in clip space: left, bottom, width, height
uniform vec2 picture_size; // pixels of the camera picture
uniform float point_size;  // pixels of the screen

layout(location = 0) in vec2 landmark; // pixels of the camera picture, y down

void main() {
    vec2 place = landmark / picture_size;
    gl_Position = vec4(rectangle.xy + vec2(place.x, 1.0 - place.y) * rectangle.zw, 0.0, 1.0);
    gl_PointSize = point_size;
}
