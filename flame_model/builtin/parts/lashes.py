"""Build the upper lashes: a curled card along the edge of each upper lid, on which lashes are painted."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.lid_strip import LidStrip, roots_between, strips
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS
from flame_model.paint.lash_picture import CARD_COLUMNS

LENGTHS = (0.0048, 0.0072, 0.0074, 0.0066, 0.0050, 0.0030)
"""Metres, from the outer to the inner corner; adult upper lashes measure 8 to 12 mm along their curve. Chosen
by eye, as are all values without a source."""
SPAN = (0.02, 0.90)
"""Begin and end of the lashes as shares of the lid's edge from the outer corner."""
SINK = 0.0003
"""Metres by which the roots lie inside the lid."""
CURL = np.array([[0.0, 0.0], [0.40, -0.02], [0.73, 0.10], [0.94, 0.32]])
"""Places from root to tip, outwards from the eye and upwards, in lengths of a lash."""
TURN = 1.5
"""Turn of shutting lashes in turns of their lid, so that they point down and are not seen edge on."""
SPLAY = (-0.45, 0.25)
"""Lengths that the tips at the outer and the inner end lie beyond their roots, along the lid inwards."""


def lashes(skin: Float64Array) -> LidStrip:
    """Return the lashes of both eyes for the skin vertices (V, 3), whose first 468 are the landmarks."""
    lids = (t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID)
    places = np.linspace(*SPAN, CARD_COLUMNS) * (len(t.LEFT_UPPER_LID) - 1)
    roots = [roots_between(lid, places, len(skin), closed=False) for lid in lids]
    offsets = [curled(root @ skin - center) for root, center in zip(roots, EYE_CENTERS, strict=True)]
    return strips(roots, offsets, np.ones(offsets[0].shape), "lashes", closed=False, turn=TURN)


def curled(roots: Float64Array) -> Float64Array:
    """Return the offsets (N, 4, 3) in metres of a card's vertices from their `roots` (N, 3).

    The roots are relative to the eye's centre.
    """
    out = roots / np.linalg.norm(roots, axis=1, keepdims=True)
    along = np.gradient(roots, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    share = np.linspace(0.0, 1.0, len(roots))
    length = np.interp(share, np.linspace(0.0, 1.0, len(LENGTHS)), LENGTHS)
    splay = np.interp(share, [0.0, 1.0], SPLAY)[:, None] * along
    up = np.array([0.0, 1.0, 0.0])
    bent = [ahead * out + rise * up + ahead**2 * splay for ahead, rise in CURL]
    return np.asarray(length[:, None, None] * np.stack(bent, axis=1) - SINK * out[:, None])
