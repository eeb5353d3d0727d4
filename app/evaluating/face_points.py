"""Follow the landmarks of lips, lids and brows on a head that moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.model.identity import landmark_places
from flame_model.arrays import Array, Float64Array
from flame_model.deform import PreparedHead, deform, prepare
from flame_model.face import topology as t
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params
from mappings.mirror import mirrored_landmarks

_BROWS = tuple(sorted({*t.RIGHT_BROW, *t.LEFT_BROW}))
SPEAKING = np.array(t.LIPS + t.EYELIDS + _BROWS)
"""(K,) landmarks of the speaking points: the lips, then the lids, then the brows."""
LIPS = slice(0, len(t.LIPS))
LIDS = slice(LIPS.stop, LIPS.stop + len(t.EYELIDS))
LIPS_AND_LIDS = slice(0, LIDS.stop)
"""Indices into the speaking points."""
_MM = 1000.0


@dataclass(frozen=True, slots=True)
class FacePoints:
    """The K speaking points of a head; only the triangles that they lie on are deformed."""

    prepared: PreparedHead
    """The head reduced to the corners of those triangles: 3 K vertices."""
    weights: Array
    """(K, 3) barycentric coordinates."""

    @classmethod
    def of(cls, head: Head) -> FacePoints | None:
        """Return the points of a head, None where its landmarks are unknown."""
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
        """Return the displacements (N, K, 3) of the points from rest, millimetres in the skull's axes.

        The head's own turn and place are left out, because they belong to the pose.
        """
        rest = self._at(rest_params(self.prepared.head.expression_count))
        return np.array([self._at(_face_alone(params)) - rest for params in frames]) * _MM

    def _at(self, params: HeadParams) -> Float64Array:
        corners = deform(self.prepared, params).reshape(-1, 3, 3)
        return np.asarray(np.einsum("kc,kcx->kx", self.weights, corners))


def mirrored_displacements(displacements: Float64Array) -> Float64Array:
    """Return displacements (N, K, 3) of the mirrored face."""
    place = {int(landmark): index for index, landmark in enumerate(SPEAKING)}
    order = [place[int(other)] for other in mirrored_landmarks()[SPEAKING]]
    return displacements[:, order] * (-1.0, 1.0, 1.0)


def _face_alone(params: HeadParams) -> HeadParams:
    still = np.zeros(3)
    return replace(params, neck=still, rotation=still, translation=still)
