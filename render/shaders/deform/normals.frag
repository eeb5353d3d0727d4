// Unit normals of the posed vertices. Each fragment is one vertex of the grid: the normals of the faces around
// it, each as long as twice the face's area, are added and normalised.
uniform sampler2D positions;
uniform isampler2D fans;    // first entry and number of entries of a vertex in `corners`
uniform isampler2D corners; // the other two vertices of a face around a vertex, in the face's order

out vec4 normal; // xyz; w is 0

#include "shared/grid.glsl"

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    ivec2 fan = texelFetch(fans, cell, 0).xy;
    vec3 center = texelFetch(positions, cell, 0).xyz;
    vec3 sum = vec3(0.0);
    int i = fan.x;
    do { // software OpenGL runs the body of a `for` loop once more than needed
        ivec2 others = texelFetch(corners, grid_cell(i), 0).xy;
        sum += cross(texelFetch(positions, grid_cell(others.x), 0).xyz - center,
                     texelFetch(positions, grid_cell(others.y), 0).xyz - center);
    } while (++i < fan.x + fan.y);
    float size = length(sum);
    normal = vec4(fan.y > 0 && size > 0.0 ? sum / size : vec3(0.0, 0.0, 1.0), 0.0);
}
