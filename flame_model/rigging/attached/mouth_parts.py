"""Put the built-in head's teeth and tongue into the mouth of a head that has none, as FLAME's.

They lie behind its lips as far as behind the built-in head's, never in front of its skin at rest, and move
with the lips of every identity. All lengths were chosen by eye.
"""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.part import Part
from flame_model.builtin.parts.teeth import teeth
from flame_model.builtin.parts.tongue import tongue
from flame_model.face import topology as t
from flame_model.face.landmarks import at_places, eye_faces, rest_landmarks, skin_faces
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import BUILTIN, load_head
from flame_model.geometry.similarity import Similarity, fit_similarity
from flame_model.head import JOINT_NAMES, Head, LandmarkPlaces
from flame_model.paint.materials import PART_MATERIALS
from flame_model.rigging.attached.attach import AttachedPart, attach, has_part
from flame_model.rigging.eyeball import SIDES

TEETH, TONGUE = "teeth", "tongue"
NARROWER = 0.94
"""Size of the teeth's arch across and in depth; cheeks that were not made for them would let them through."""
BEHIND_SKIN_M, BESIDE_M = 0.0030, 0.0020
"""Metres that teeth lie behind the skin that is at most the second distance above, below or beside them."""
FARTHEST_BACK_M = 0.010
"""Metres that teeth may be moved back for that; a head that needs more gets none."""
MOUTH_M = 0.030
"""Metres from the middle of the lips within which a surface of its own counts as teeth or a tongue."""
_LIPS = list(t.UPPER_INNER_LIP + t.LOWER_INNER_LIP)


def with_mouth_parts(head: Head, places: LandmarkPlaces) -> Head:
    """Return the head, whose landmarks lie at `places`, with teeth and a tongue, where its mouth is empty."""
    lips = rest_landmarks(head, places)[_LIPS].mean(axis=0)
    if has_part(head, TEETH) or has_part(head, TONGUE) or _has_own(head, lips):
        return head
    parts = (teeth(upper=True), teeth(upper=False), tongue())
    from_builtin = _between_lips(head, places)
    placed = [_placed(part, from_builtin) for part in parts]
    back = _depth_lacking(head, np.concatenate(placed[:2]))
    if back > FARTHEST_BACK_M:
        return head
    by_identity = at_places(places, head.faces, head.identity_basis)[_LIPS].mean(axis=0)
    for part, vertices in zip(parts, placed, strict=True):
        head = attach(
            head,
            AttachedPart(
                vertices=vertices - (0.0, 0.0, back),
                faces=part.faces,
                colors=part.colors,
                skin_weights=np.eye(len(JOINT_NAMES))[np.full(len(vertices), part.joint)],
                material=next(each for each in PART_MATERIALS if each.name == part.material),
                identity_basis=np.broadcast_to(by_identity, (len(vertices), *by_identity.shape)),
            ),
        )
    return head


def _has_own(head: Head, lips: Float64Array) -> bool:
    """Return whether a surface other than skin and eyeballs lies in the mouth, around `lips` (3,)."""
    eyes = np.concatenate([eye_faces(head, side) for side in SIDES])
    known = np.concatenate([eyes, skin_faces(head)])
    others = np.unique(np.delete(head.faces, known, axis=0))
    return bool((np.linalg.norm(head.template[others] - lips, axis=1) < MOUTH_M).any())


def _between_lips(head: Head, places: LandmarkPlaces) -> Similarity:
    """Return the transform from the built-in head to the head that takes inner lips to inner lips."""
    builtin = load_head(BUILTIN)
    theirs = rest_landmarks(builtin, true_landmarks(builtin))[: t.FACE_POINT_COUNT]
    ours = rest_landmarks(head, places)[: t.FACE_POINT_COUNT]
    fitted = fit_similarity(theirs, ours)
    off = (ours[_LIPS] - fitted.points(theirs[_LIPS])).mean(axis=0)
    return fitted._replace(shift=fitted.shift + off)


def _placed(part: Part, from_builtin: Similarity) -> Float64Array:
    """Return the vertices (N, 3) of a part of the built-in head in the mouth of another head."""
    middle = np.array([0.0, 0.0, -0.010])
    narrow = middle + (part.vertices - middle) * (NARROWER, 1.0, NARROWER)
    return from_builtin.points(narrow)


def _depth_lacking(head: Head, vertices: Float64Array) -> float:
    """Return the metres by which the vertices (N, 3) of teeth have to move back to lie behind the skin."""
    corners = head.template[head.faces[skin_faces(head)]].astype(np.float64)
    skin = np.concatenate([corners.reshape(-1, 3), corners.mean(axis=1)])
    near = np.linalg.norm(skin - vertices.mean(axis=0), axis=1) < 2.0 * MOUTH_M
    skin = skin[near]
    beside = cKDTree(skin[:, :2]).query_ball_point(vertices[:, :2], BESIDE_M)
    lacking = [
        place[2] + BEHIND_SKIN_M - skin[found, 2].max()
        for place, found in zip(vertices, beside, strict=True)
        if found
    ]
    return max(0.0, *lacking)
