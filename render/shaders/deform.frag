// One fragment is one vertex of the grid: add the active components to the rest position, then skin it.
uniform sampler2D rest;            // xyz metres, w the root joint's weight
uniform sampler2D skin_weights;    // neck, jaw, left eye, right eye
uniform sampler2DArray components; // xyz metres per unit of a component, one layer each
uniform vec2 moving[COMPONENTS];   // layer, weight
uniform int moving_count;
uniform mat4 joints[5];

out vec4 position;

void main() {
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec4 base = texelFetch(rest, cell, 0);
    vec3 shaped = base.xyz;
    for (int i = 0; i < moving_count; i++) {
        shaped += moving[i].y * texelFetch(components, ivec3(cell, int(moving[i].x)), 0).xyz;
    }
    vec4 weights = texelFetch(skin_weights, cell, 0);
    mat4 skin = base.w * joints[0] + weights.x * joints[1] + weights.y * joints[2]
              + weights.z * joints[3] + weights.w * joints[4];
    position = vec4((skin * vec4(shaped, 1.0)).xyz, 1.0);
}
