// Ink where the surface breaks off or folds. With samples ahead (+) and behind (-) by r pixels along rows and columns:
//     step = max |d+ + d- - 2 d|,   fold = max (1 - n+ . n-) / 2
// d depth, n normal; a plane seen at any slant has step 0. Where one sample is beside the head, there is an outline.
uniform sampler2D surface; // unit normal in the camera's axes, depth in metres; a normal of 0 where there is no head
uniform int reach;         // r, pixels

out vec4 color; // sRGB, multiplied by alpha

// All chosen by eye.
const vec3 INK = vec3(0.075, 0.055, 0.080);
const float LEAST_STEP = 0.0040, FULL_STEP = 0.0075; // metres
const float LEAST_FOLD = 0.14, FULL_FOLD = 0.34;

bool is_head(vec4 texel) {
    return dot(texel.xyz, texel.xyz) > 0.25;
}

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
        bool both = is_head(ahead) && is_head(behind);
        float broken = both && is_head(here) ? abs(ahead.w + behind.w - 2.0 * here.w) : 0.0;
        float fold = both ? 0.5 - 0.5 * dot(ahead.xyz, behind.xyz) : 0.0;
        float outline = is_head(ahead) != is_head(behind) ? 1.0 : 0.0;
        ink = max(ink, max(smoothstep(LEAST_STEP, FULL_STEP, broken), smoothstep(LEAST_FOLD, FULL_FOLD, fold)));
        ink = max(ink, outline);
    }
    color = vec4(INK * ink, ink);
}
