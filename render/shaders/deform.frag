// One fragment is one vertex of the grid: add the active components and the lids to the rest position, then skin it.
uniform sampler2D rest;             // xyz metres, w the root joint's weight
uniform sampler2D skin_weights;     // neck, jaw, left eye, right eye
uniform isampler2D components;      // vertex by vertex and pack by pack x, y, z: eight counts of steps in the halves of four numbers
uniform int packs[PACKS];           // to be added
uniform vec4 steps[2 * PACKS];      // metres per step, of the low halves, then of the high halves of a pack
uniform int pack_count;             // at least one
uniform sampler2DArray lids;        // closing of the left, of the right eye, w what it holds; arcs of both
uniform vec4 closure;               // weights of the four: left, right, and each times what it leaves open
uniform mat4 joints[5];

out vec4 position;

#include "grid.glsl"

float sum(ivec4 halves, vec4 low, vec4 high) {
    return dot(vec4((halves << 16) >> 16), low) + dot(vec4(halves >> 16), high);
}

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec4 base = texelFetch(rest, cell, 0);
    vec3 moved = vec3(0.0);
    int first = PACKS * (cell.y * GRID_WIDTH + cell.x);
    int i = 0;
    do { // software OpenGL runs the body of a `for` once more than is asked for
        int item = 3 * (first + packs[i]);
        vec4 low = steps[2 * i];
        vec4 high = steps[2 * i + 1];
        moved.x += sum(texelFetch(components, grid_cell(item), 0), low, high);
        moved.y += sum(texelFetch(components, grid_cell(item + 1), 0), low, high);
        moved.z += sum(texelFetch(components, grid_cell(item + 2), 0), low, high);
    } while (++i < pack_count);
    vec3 shaped = base.xyz;
#if LIDS
    vec4 left = closure.x * texelFetch(lids, ivec3(cell, 0), 0);
    vec4 right = closure.y * texelFetch(lids, ivec3(cell, 1), 0);
    moved *= (1.0 - left.w) * (1.0 - right.w);
    shaped += left.xyz + right.xyz + closure.z * texelFetch(lids, ivec3(cell, 2), 0).xyz
            + closure.w * texelFetch(lids, ivec3(cell, 3), 0).xyz;
#endif
    shaped += moved;
    vec4 joint_weights = texelFetch(skin_weights, cell, 0);
    mat4 skin = base.w * joints[0] + joint_weights.x * joints[1] + joint_weights.y * joints[2]
              + joint_weights.z * joints[3] + joint_weights.w * joints[4];
    position = vec4((skin * vec4(shaped, 1.0)).xyz, 1.0);
}
