"""Where the points that speak - lips, lids, brows - are on a head that moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from app.model.identity import landmark_places
from flame_model.arrays import Float64Array
from flame_model.deform import PreparedHead, deform, prepare
from flame_model.face import topology as t
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params
from mappings.mirror import mirrored_landmarks

_LIPS = sorted({*t.OUTER_LIPS, *t.UPPER_INNER_LIP, *t.LOWER_INNER_LIP})
_LIDS = sorted({*t.RIGHT_UPPER_LID, *t.RIGHT_LOWER_LID, *t.LEFT_UPPER_LID, *t.LEFT_LOWER_LID})
_BROWS = sorted({*t.RIGHT_BROW, *t.LEFT_BROW})
SPEAKING = np.array(_LIPS + _LIDS + _BROWS)
"""(K,) landmarks: of the lips, then of the lids, then of the brows."""
LIPS = slice(0, len(_LIPS))
LIDS = slice(LIPS.stop, LIPS.stop + len(_LIDS))
BROWS = slice(LIDS.stop, LIDS.stop + len(_BROWS))
LIPS_AND_LIDS = slice(0, LIDS.stop)
_MM = 1000.0


@dataclass(frozen=True, slots=True)
class FacePoints:
    """Follow the K speaking points of a head without deforming all of it."""

    prepared: PreparedHead
    """Of the corners of the triangles that the points lie on: 3 K vertices."""
    weights: npt.NDArray[Any]
    """(K, 3) barycentric."""

    @classmethod
    def of(cls, head: Head) -> FacePoints | None:
        """Return the points of a head, None where nobody knows where its landmarks lie."""
        places = landmark_places(head)
        if places is None:
            return None
        corners = head.faces[places.triangles[SPEAKING]].ravel()
        whole = prepare(head)
        few = replace(
            head,
            template=head.template[corners],
            expression_basis=head.expression_basis[corners],
            pose_correctives=head.pose_correctives[corners],
            skin_weights=head.skin_weights[corners],
            eyelid_basis=head.eyelid_basis[corners],
            eyelid_arc=None if head.eyelid_arc is None else head.eyelid_arc[corners],
            eyelid_hold=None if head.eyelid_hold is None else head.eyelid_hold[corners],
        )
        return cls(replace(whole, head=few, rest_vertices=few.template), places.weights[SPEAKING])

    def displacements(self, frames: Iterable[HeadParams]) -> Float64Array:
        """Return how far (N, K, 3) the points are from their rest, millimetres in the skull's axes.

        The head's own turn and place are left out: they are the pose's, not the face's.
        """
        rest = self._at(rest_params(self.prepared.head.expression_count))
        return np.array([self._at(_face_alone(params)) - rest for params in frames]) * _MM

    def _at(self, params: HeadParams) -> Float64Array:
        corners = deform(self.prepared, params).reshape(-1, 3, 3)
        return np.asarray(np.einsum("kc,kcx->kx", self.weights, corners))


def mirrored_displacements(displacements: Float64Array) -> Float64Array:
    """Return displacements (N, K, 3) as they are seen in the mirror."""
    place = {int(landmark): index for index, landmark in enumerate(SPEAKING)}
    order = [place[int(other)] for other in mirrored_landmarks()[SPEAKING]]
    return displacements[:, order] * (-1.0, 1.0, 1.0)


def _face_alone(params: HeadParams) -> HeadParams:
    still = np.zeros(3)
    return replace(params, neck=still, rotation=still, translation=still)
