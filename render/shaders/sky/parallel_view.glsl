// Parallel projection along `direction`, which points to the viewer: the sphere (xyz centre, w radius) fills the cube
// -1..1, and z grows away from the viewer.
vec3 parallel_view(vec3 position, vec3 direction, vec4 sphere) {
    vec3 helper = abs(direction.y) < 0.9 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0);
    vec3 right = normalize(cross(helper, direction));
    vec3 offset = (position - sphere.xyz) / sphere.w;
    return vec3(dot(offset, right), dot(offset, cross(direction, right)), -dot(offset, direction));
}
