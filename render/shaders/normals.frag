// One fragment is one vertex of the grid: the area-weighted mean of the normals of the faces around it.
uniform sampler2D positions;
uniform isampler2D fans;    // first entry, number of entries of a vertex in `corners`
uniform isampler2D corners; // the two other vertices of a face around a vertex, in order

out vec4 normal;

#include "grid.glsl"

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    ivec2 fan = texelFetch(fans, cell, 0).xy;
    vec3 center = texelFetch(positions, cell, 0).xyz;
    vec3 sum = vec3(0.0);
    int i = fan.x;
    do { // software OpenGL runs the body of a `for` once more than is asked for
        ivec2 others = texelFetch(corners, grid_cell(i), 0).xy;
        sum += cross(texelFetch(positions, grid_cell(others.x), 0).xyz - center,
                     texelFetch(positions, grid_cell(others.y), 0).xyz - center);
    } while (++i < fan.x + fan.y);
    float size = length(sum);
    normal = vec4(fan.y > 0 && size > 0.0 ? sum / size : vec3(0.0, 0.0, 1.0), 0.0);
}
