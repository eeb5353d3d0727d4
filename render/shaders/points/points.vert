// A landmark: its place in a triangle of the posed surface, p = sum_c w_c x_c.
uniform sampler2D positions; // per vertex of the head, metres
uniform isampler2D corners;  // per landmark: grid items of the triangle's corners
uniform sampler2D weights;   // per landmark: w, barycentric
uniform mat4 clip_from_world;
uniform sampler2D surface;   // depth in w as a share of DEPTH_RANGE metres around the reference; 0 beside the head
uniform float reference;     // metres from the camera
uniform float diameter;      // pixels

flat out vec3 point_color; // sRGB

#include "shared/grid.glsl"

const float LIFT = 0.004;        // metres by which the surface may be nearer than a point that it does not hide
const int FIRST_OF_IRISES = 468; // number of the first landmark that belongs to an iris
// sRGB, chosen by eye.
const vec3 FACE = vec3(0.45, 0.95, 0.80);
const vec3 IRISES = vec3(1.00, 0.78, 0.45);

void main() {
    ivec2 cell = grid_cell(gl_VertexID);
    ivec3 corner = texelFetch(corners, cell, 0).xyz;
    vec3 weight = texelFetch(weights, cell, 0).xyz;
    vec3 position = weight.x * texelFetch(positions, grid_cell(corner.x), 0).xyz
                  + weight.y * texelFetch(positions, grid_cell(corner.y), 0).xyz
                  + weight.z * texelFetch(positions, grid_cell(corner.z), 0).xyz;
    point_color = gl_VertexID < FIRST_OF_IRISES ? FACE : IRISES;
    gl_Position = clip_from_world * vec4(position, 1.0);
    float seen = texture(surface, 0.5 + 0.5 * gl_Position.xy / gl_Position.w).w;
    bool hidden = seen > 0.0 && gl_Position.w - reference > (seen - 0.5) * DEPTH_RANGE + LIFT;
    gl_Position = hidden ? vec4(2.0, 2.0, 2.0, 1.0) : vec4(gl_Position.xy / gl_Position.w, 0.0, 1.0);
    gl_PointSize = diameter + 1.0;
}
