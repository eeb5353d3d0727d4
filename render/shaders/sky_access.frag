// One fragment is one vertex: which directions it sees, as mean (w) and first moment (xyz).
uniform sampler2D positions;
uniform sampler2D normals;
uniform sampler2DArray depths; // one layer per direction
uniform vec3 directions[DIRECTIONS];
uniform vec4 bounds;

out vec4 sees;

#include "parallel.glsl"

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
