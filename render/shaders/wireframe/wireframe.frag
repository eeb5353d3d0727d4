// A dark triangle with lines along its edges. With barycentric coordinates b, the distance from an edge in pixels is
// d = b / |grad b|, and a line of width w covers a pixel by clamp(w / 2 + 1/2 - d, 0, 1): the other half of the line
// belongs to the triangle beyond the edge.
uniform float line_width; // pixels

in vec3 facing;
noperspective in vec3 place;

out vec4 color; // sRGB

// sRGB, chosen by eye.
const vec3 LINE = vec3(0.56, 0.88, 0.95);
const vec3 NEAR_FILL = vec3(0.100, 0.150, 0.200); // where the surface faces the viewer
const vec3 EDGE_FILL = vec3(0.020, 0.030, 0.045);
const float CLEAR = 6.0;  // height of a triangle in pixels from which its lines are at full strength
const float LEAST = 0.22; // strength of the lines of the smallest triangles, which would merge into one area

void main() {
    vec3 slope = sqrt(dFdx(place) * dFdx(place) + dFdy(place) * dFdy(place));
    vec3 away = place / max(slope, vec3(1e-6));
    float nearest = min(away.x, min(away.y, away.z));
    float covered = clamp(0.5 * line_width + 0.5 - nearest, 0.0, 1.0);
    float height = 1.0 / max(slope.x, max(slope.y, slope.z));
    float strength = clamp(height / CLEAR, LEAST, 1.0);
    float towards = abs(normalize(facing).z);
    vec3 line = LINE * mix(0.35, 1.0, towards * towards);
    color = vec4(mix(mix(EDGE_FILL, NEAR_FILL, towards), line, covered * strength), 1.0);
}
