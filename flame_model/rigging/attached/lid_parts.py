"""Attach margins, shadows and lashes to the lids of any head, along the edges that they have.

A margin is the wet rim between lid and eyeball; without it lids look as thin as paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy import sparse

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.lashes import SPAN, TURN, curled
from flame_model.builtin.parts.lid_shadow import ring_colors, ring_offsets
from flame_model.builtin.parts.lid_strip import LidStrip, carried, strip_closure, strips
from flame_model.face.landmarks import skin_faces
from flame_model.geometry.nearest import nearest_places
from flame_model.head import Head
from flame_model.paint.face_colors import MARGIN
from flame_model.paint.lash_picture import CARD_COLUMNS
from flame_model.paint.materials import PART_MATERIALS
from flame_model.rigging.attached.attach import AttachedPart, attach, has_part
from flame_model.rigging.eye_opening import Opening, find_opening
from flame_model.rigging.eyeball import SIDES

PER_LID = 16
"""Columns of a ring along each lid, corners included."""
ABOVE_BALL_M, BELOW_LID_M = 0.00012, 0.00006
"""Metres from the ring to the foremost point of the eyeball, or to the lids' edges where they are nearer."""
MARGIN_DEPTH_M = 0.00003
"""Metres from the margin up to the shadow, which darkens it too."""
LASHES, SHADOW, LID_MARGIN = "lashes", "lid shadow", "lid margin"
_MATERIALS = {material.name: material for material in PART_MATERIALS}


def with_lid_parts(head: Head) -> Head:
    """Return the head with lid margins and shadows, and with lashes, each where it has none.

    A head whose texture is its own gets no lashes, because they are painted in the built-in head's layout.
    Raises InputError for a head without eyeballs, or without open lids around them.
    """
    openings = [find_opening(head, side) for side in range(len(SIDES))]
    made: list[LidStrip] = []
    if not has_part(head, SHADOW):
        rings = [_Ring.of(head, opening) for opening in openings]
        made.extend((_margin(rings), _shadow(rings)))
    if not has_part(head, LASHES) and head.texture is None:
        made.append(_lashes(head, openings))
    centers = np.stack([opening.eye.center for opening in openings])
    parts = [_moving_part(head, replace(strip, eye_centers=centers)) for strip in made]
    for part in parts:
        head = attach(head, part)
    return head


@dataclass(frozen=True, slots=True)
class _Ring:
    """A ring on an eyeball along the edges of its lids: N columns over the upper lid and back."""

    roots: sparse.csr_matrix
    """(N, V) weights of the skin's vertices whose mean is the root of a column."""
    spokes: Float64Array
    """(N, 3) metres from the eye's centre to the roots."""
    radius: float
    """Metres; above the eyeball and below the lids."""

    @classmethod
    def of(cls, head: Head, opening: Opening) -> Self:
        """Return the ring of one eye."""
        along = np.linspace(0.0, 1.0, PER_LID)
        lower = _spread(opening.lower_rim, along)[-2:0:-1]
        roots = _follow(head, np.concatenate([_spread(opening.upper_rim, along), lower]))
        spokes = roots @ head.template.astype(np.float64) - opening.eye.center
        below_lids = float(np.linalg.norm(spokes, axis=1).min()) - BELOW_LID_M
        radius = min(opening.eye.front + ABOVE_BALL_M, below_lids)
        return cls(roots, spokes, max(radius, opening.eye.radius + BELOW_LID_M))


def _shadow(rings: Sequence[_Ring]) -> LidStrip:
    """Return the shadows below the lids' edges."""
    along = np.linspace(0.0, 1.0, PER_LID)
    upper = 0.5 + 0.5 * np.sin(np.pi * np.concatenate([along, 1.0 + along[1:-1]]))
    offsets = [ring_offsets(ring.spokes, upper, ring.radius) for ring in rings]
    roots = [ring.roots for ring in rings]
    return strips(roots, offsets, ring_colors(upper), SHADOW, closed=True, turn=1.0)


def _margin(rings: Sequence[_Ring]) -> LidStrip:
    """Return the margins: half a millimetre beyond the lids' edges, just below the shadow."""
    none = np.zeros(len(rings[0].spokes))
    offsets = [ring_offsets(ring.spokes, none, ring.radius - MARGIN_DEPTH_M)[:, :2] for ring in rings]
    colors = np.broadcast_to(MARGIN, offsets[0].shape)
    roots = [ring.roots for ring in rings]
    strip = strips(roots, offsets, colors, LID_MARGIN, closed=True, turn=1.0)
    return replace(strip, faces=strip.faces[:, ::-1])


def _lashes(head: Head, openings: Sequence[Opening]) -> LidStrip:
    """Return the cards of the upper lashes, from the outer to the inner corner of each eye."""
    # Rims run towards +x, where the outer corner of the left eye is.
    ends = ((1.0 - SPAN[0], 1.0 - SPAN[1]), SPAN)
    roots = [
        _follow(head, _spread(opening.upper_rim, np.linspace(*end, CARD_COLUMNS)))
        for opening, end in zip(openings, ends, strict=True)
    ]
    rest = head.template.astype(np.float64)
    offsets = [
        curled(root @ rest - opening.eye.center) for root, opening in zip(roots, openings, strict=True)
    ]
    return strips(roots, offsets, np.ones(offsets[0].shape), LASHES, closed=False, turn=TURN)


def _spread(rim: Float64Array, shares: Float64Array) -> Float64Array:
    """Return the points (S, 3) at shares of the length of a lid's edge (N, 3)."""
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(rim, axis=0), axis=1))])
    return np.stack([np.interp(shares * length[-1], length, axis) for axis in rim.T], axis=-1)


def _follow(head: Head, points: Float64Array) -> sparse.csr_matrix:
    """Return the weights (N, V) of vertices whose mean is the place on the skin nearest to a point (N, 3)."""
    skin = head.faces[skin_faces(head)]
    nearest = nearest_places(points, head.template, skin)
    rows = np.repeat(np.arange(len(points)), 3)
    places = (rows, skin[nearest.triangles].ravel())
    return sparse.csr_matrix((nearest.weights.ravel(), places), shape=(len(points), len(head.template)))


def _moving_part(head: Head, strip: LidStrip) -> AttachedPart:
    """Return a strip as a part that moves with the skin of its roots and turns about the eyeball with it."""
    rest = head.template.astype(np.float64)
    basis, arc, hold = head.eyelid_basis, head.eyelid_arc, head.eyelid_hold
    closing = strip_closure(strip, rest, basis, np.zeros_like(basis) if arc is None else arc)
    return AttachedPart(
        vertices=strip.follow @ rest + strip.offsets,
        faces=strip.faces,
        colors=strip.colors,
        skin_weights=strip.follow @ head.skin_weights.astype(np.float64),
        material=_MATERIALS[strip.material],
        identity_basis=carried(strip, rest, head.identity_basis.astype(np.float64)),
        expression_basis=carried(strip, rest, head.expression_basis.astype(np.float64)),
        pose_correctives=carried(strip, rest, head.pose_correctives.astype(np.float64)),
        eyelid_basis=closing[0],
        eyelid_arc=closing[1],
        eyelid_hold=None if hold is None else strip.follow @ hold.astype(np.float64),
    )
