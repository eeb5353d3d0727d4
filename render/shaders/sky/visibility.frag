// Visibility of the sky from each vertex at rest, up to first order. Each fragment is one vertex of the grid:
//     m = 1/N sum_i V_i,   v = 3/N sum_i V_i d_i
// over N directions d_i spread evenly over the sphere; V_i is 1 where d_i lies above the surface and nothing hides it,
// else 0. Then V(d) is about m + v . d, its projection on the first four spherical harmonics.
uniform sampler2D positions;         // metres
uniform sampler2D normals;
uniform sampler2DArray depths;       // depth maps, one layer per direction
uniform vec3 directions[DIRECTIONS]; // d_i, unit vectors towards the sky
uniform vec4 bounds;                 // sphere around the head: xyz centre, w radius, metres

out vec4 sees; // v, m

#include "sky/parallel_view.glsl"

const float LIFT = 0.0015; // metres off the surface, so that it does not hide itself

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec3 normal = texelFetch(normals, cell, 0).xyz;
    vec3 position = texelFetch(positions, cell, 0).xyz + LIFT * normal;
    vec4 sum = vec4(0.0);
    for (int i = 0; i < DIRECTIONS; i++) {
        vec3 place = parallel_view(position, directions[i], bounds) * 0.5 + 0.5;
        float nearest = texture(depths, vec3(place.xy, i)).r;
        if (dot(normal, directions[i]) > 0.0 && place.z <= nearest + LIFT / bounds.w) {
            sum += vec4(3.0 * directions[i], 1.0);
        }
    }
    sees = sum / float(DIRECTIONS);
}
