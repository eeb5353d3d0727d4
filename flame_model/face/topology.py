"""Names for groups of the tracker's landmarks (MediaPipe face mesh: 468 face points, 10 iris points).

"Left" and "right" are the person's. Eye contours run from the outer corner along the lid to the inner corner.
"""

from __future__ import annotations

FACE_POINT_COUNT = 468
RIGHT_IRIS, LEFT_IRIS = 468, 473
"""The pupils; four points of the iris's edge follow each."""

STILL_POINTS = (
    10, 151, 9, 8, 168, 6, 197, 195, 5, 4, 33, 133, 362, 263, 127, 356, 234, 454, 54, 284, 67, 297, 103, 332,
    21, 251, 162, 389,
)  # fmt: skip
"""Forehead, temples, nose ridge and eye corners, which expressions move least."""

SKULL_POINTS = (
    168, 6, 197, 195, 5, 4, 1, 193, 417, 122, 351, 196, 419, 3, 248, 51, 281, 45, 275, 44, 274, 188, 412,
    174, 399, 198, 420, 236, 456, 133, 362, 33, 263, 130, 359, 243, 463, 244, 464, 226, 446, 127, 356, 234,
    454, 93, 323, 162, 389, 139, 368, 34, 264, 227, 447, 137, 366, 143, 372, 156, 383, 116, 345, 54, 284,
    103, 332, 67, 297, 10, 109, 338, 21, 251, 68, 298, 71, 301,
)  # fmt: skip
"""Nose, eye corners, temples, sides and forehead: where the skin itself moves with the skull."""

FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
"""The outline of the face, from the middle of the forehead along the person's left side and the chin."""

RIGHT_UPPER_LID = (33, 246, 161, 160, 159, 158, 157, 173, 133)
RIGHT_LOWER_LID = (33, 7, 163, 144, 145, 153, 154, 155, 133)
LEFT_UPPER_LID = (263, 466, 388, 387, 386, 385, 384, 398, 362)
LEFT_LOWER_LID = (263, 249, 390, 373, 374, 380, 381, 382, 362)

RIGHT_LID_ROWS = (
    (246, 161, 160, 159, 158, 157, 173),
    (247, 30, 29, 27, 28, 56, 190),
    (113, 225, 224, 223, 222, 221, 189),
)
LEFT_LID_ROWS = (
    (466, 388, 387, 386, 385, 384, 398),
    (467, 260, 259, 257, 258, 286, 414),
    (342, 445, 444, 443, 442, 441, 413),
)
"""Three rows of points of the upper lid from its edge upwards, without the eye's corners."""

UPPER_INNER_LIP = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
LOWER_INNER_LIP = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
"""From the person's right mouth corner to the left one."""
OUTER_LIPS = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
LIPS = tuple(sorted({*OUTER_LIPS, *UPPER_INNER_LIP, *LOWER_INNER_LIP}))
EYELIDS = tuple(sorted({*RIGHT_UPPER_LID, *RIGHT_LOWER_LID, *LEFT_UPPER_LID, *LEFT_LOWER_LID}))
"""Landmarks along the edges of the lips and of both eyes' lids."""
INNERMOST_LIPS = (
    62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292, 325, 319, 403, 316, 15, 86, 179, 89, 96,
)  # fmt: skip
"""The loop on the outside of the lips next to the inner contour."""
LIP_MIDDLE = (
    76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306, 307, 320, 404, 315, 16, 85, 180, 90, 77,
    *INNERMOST_LIPS,
)  # fmt: skip
"""The loop in the middle of the lips' red, and INNERMOST_LIPS."""

RIGHT_BROW = (70, 63, 105, 66, 107, 46, 53, 52, 65, 55)
LEFT_BROW = (300, 293, 334, 296, 336, 276, 283, 282, 295, 285)
"""Five points of the upper edge, then five of the lower."""
