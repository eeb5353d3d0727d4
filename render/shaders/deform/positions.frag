// Posed vertex positions. Each fragment is one vertex of the grid:
//     x = sum_j s_j T_j ( r + m (1 - e_l h_l) (1 - e_r h_r) + lids ),   m = sum_c w_c B_c
//     lids = e_l b_l + e_r b_r + e_l (1 - e_l) a_l + e_r (1 - e_r) a_r
// r rest position; B components (expressions and pose correctives) with weights w; s skin weights; T joint
// transforms; e closure of the left and right eye; b basis, a arc and h hold of an eyelid.
// flame_model/deform.py is the reference in NumPy; its X0, d, (Q, P), W, G, B, A, H are r, m, B, s, T, b, a, h here.
uniform sampler2D rest;             // xyz r in metres, w the root joint's skin weight
uniform sampler2D skin_weights;     // neck, jaw, left eye, right eye
uniform isampler2D components;      // B: vertex by vertex and pack by pack one texel each for x, y and z, which holds
                                    // eight counts of steps as the 16-bit halves of four integers
uniform int packs[PACKS];           // numbers of the packs to add
uniform vec4 steps[2 * PACKS];      // w times metres per step: low halves of a pack, then its high halves
uniform int pack_count;             // at least 1
uniform sampler2DArray lids;        // layers: b_l with h_l in w, b_r with h_r in w, a_l, a_r
uniform vec4 closure;               // e_l, e_r, e_l (1 - e_l), e_r (1 - e_r)
uniform mat4 joints[5];             // T: root, neck, jaw, left eye, right eye

out vec4 position; // metres, w is 1

#include "shared/grid.glsl"

float sum(ivec4 halves, vec4 low, vec4 high) {
    return dot(vec4((halves << 16) >> 16), low) + dot(vec4(halves >> 16), high);
}

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec4 base = texelFetch(rest, cell, 0);
    vec3 moved = vec3(0.0);
    int first = PACKS * (cell.y * GRID_WIDTH + cell.x);
    int i = 0;
    do { // software OpenGL runs the body of a `for` loop once more than needed
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
