"""Vertex ranges, polygon ranges and landmarks of ICT-FaceKit's topology, from the archive's README.

Ranges are half-open. The first of a pair of ranges is the left side's. Iris discs behind the opaque eyeball,
lashes, lacrimal fluid, blend and occlusion meshes are not drawn.
"""

from __future__ import annotations

VERTEX_COUNT, POLYGON_COUNT = 26719, 26384

MOUTH_SOCKET_POLYGONS = (11144, 13226)
EYE_SOCKET_POLYGONS = ((13226, 13630), (13630, 14034))
GUM_POLYGONS, TOOTH_POLYGONS = (14034, 17006), (17006, 21496)
EYEBALL_POLYGONS = ((21496, 22296), (23094, 23894))

FACE_VERTICES, HEAD_VERTICES = (0, 9409), (0, 14062)
MOUTH_SOCKET_VERTICES = (11248, 13294)
EYE_SOCKET_VERTICES = ((13294, 13678), (13678, 14062))
GUM_VERTICES, TOOTH_VERTICES = (14062, 17039), (17039, 21451)
UPPER_TOOTH_VERTICES, LOWER_TOOTH_VERTICES = (17039, 19247), (19247, 21451)
EYEBALL_VERTICES = ((21451, 22221), (23021, 23791))
"""Left, right; each the front pole, rings, then the back pole."""
EYEBALL_COLUMNS = 32

BROW_LANDMARKS = ((3615, 4240, 4114, 2734, 2509), (1401, 2044, 1914, 493, 268))
"""Left, right; each from the nose outwards."""
EYE_LANDMARKS = ((3742, 3751, 3756, 3721, 3725, 3732), (1528, 1537, 1542, 1507, 1511, 1518))
"""Left, right; each the inner corner, upper lid, outer corner, then the lower lid back."""
OUTER_LIP_LANDMARKS = (5708, 5695, 2081, 0, 4275, 6200, 6213, 6346, 6461, 5518, 5957, 5841)
"""From the right corner of the mouth along the upper lip, then back along the lower lip."""
