// Ink where the surface breaks off or folds. With samples ahead (+) and behind (-) by r pixels along rows and columns:
//     step = max |d+ + d- - 2 d|,   fold = max |n+ - n-|^2 / 4
// d depth, n normal; a plane seen at any slant has step 0. Where one sample is beside the head, there is an outline.
uniform sampler2D surface; // (n + 1) / 2, depth as a share of DEPTH_RANGE metres; 0 where there is no head
uniform int reach;         // r, pixels

out vec4 color; // sRGB, multiplied by alpha

// All chosen by eye.
const vec3 INK = vec3(0.075, 0.055, 0.080);
const float LEAST_STEP = 0.005 / DEPTH_RANGE, FULL_STEP = 0.009 / DEPTH_RANGE;
const float LEAST_FOLD = 0.14, FULL_FOLD = 0.34;

vec4 at(ivec2 pixel) {
    return texelFetch(surface, clamp(pixel, ivec2(0), textureSize(surface, 0) - 1), 0);
}

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec4 here = at(pixel);
    float ink = 0.0;
    ivec2 ways[2] = ivec2[](ivec2(1, 0), ivec2(0, 1));
    for (int i = 0; i < 2; i++) {
        vec4 ahead = at(pixel + reach * ways[i]);
        vec4 behind = at(pixel - reach * ways[i]);
        vec3 turn = ahead.xyz - behind.xyz; // |n+ - n-|^2 = 2 (1 - n+ . n-)
        float found = max(smoothstep(LEAST_STEP, FULL_STEP, abs(ahead.w + behind.w - 2.0 * here.w)),
                          smoothstep(LEAST_FOLD, FULL_FOLD, dot(turn, turn)));
        bool on_head = min(ahead.w, behind.w) > 0.0;
        ink = max(ink, on_head ? (here.w > 0.0 ? found : 0.0) : float(max(ahead.w, behind.w) > 0.0));
    }
    color = vec4(INK * ink, ink);
}
