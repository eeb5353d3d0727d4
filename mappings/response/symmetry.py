"""What a mirror does to the inputs and outputs of a response, and to the weights of its network."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from flame_model.arrays import Array, FlagArray, Int64Array
from mappings.mirror import mirrored_landmarks
from mappings.response.links import APERTURE_COUNT, REPORT_COUNT
from mappings.response.network import Network
from mappings.signals import SIGNAL_COUNT, mirrored_indices, signals_named

_TURNED = np.array([-1.0, 1.0, -1.0])
"""Signs of yaw, pitch and roll in a mirror."""
_MOVED = np.array([-1.0, 1.0, 1.0])
"""Signs of x, y and z in a mirror."""


@dataclass(frozen=True, slots=True)
class SignedPermutation:
    """A vector x (n,) with its entries in another order and with signs: s_i x_order(i); its own inverse."""

    order: Int64Array
    signs: Array

    def __call__(self, rows: Array) -> Array:
        """Return rows (..., n) so changed."""
        return np.asarray(rows[..., self.order] * self.signs.astype(rows.dtype))


@dataclass(frozen=True, slots=True)
class Symmetry:
    """The mirror's effect on a response with n signals and K landmarks."""

    inputs: SignedPermutation
    """On signals, angles and shift (n + 6,)."""
    outputs: SignedPermutation
    """On scores, angles, landmarks and apertures (55 + 3 K + 3,)."""
    one_sided: FlagArray
    """(M,) outputs that need not be alike for both sides of the face: apertures and, as far as they are known
    well, looks. Both eyes should be open as far as the person's are, and look where the person looks."""

    def mirrored(self, network: Network) -> Network:
        """Return the network that gives the mirrored outputs for the mirrored inputs.

        The hidden units are pairs (i, i + H / 2) that change places. One-sided outputs stay as they are.
        """
        half = len(network.first) // 2
        last = np.roll(self.outputs(network.last.T).T, half, axis=1)
        direct = self.inputs(self.outputs(network.direct.T).T)
        bias = self.outputs(network.bias)
        for own, mirrored in ((network.last, last), (network.direct, direct), (network.bias, bias)):
            mirrored[self.one_sided] = own[self.one_sided]
        return replace(
            network,
            first=self.inputs(np.roll(network.first, half, axis=0)),
            first_bias=np.roll(network.first_bias, half),
            second=np.roll(network.second, (half, half), axis=(0, 1)),
            second_bias=np.roll(network.second_bias, half),
            last=last,
            direct=direct,
            bias=bias,
        )


def symmetry_of(signals: Int64Array, points: Int64Array, one_sided_looks: bool = True) -> Symmetry:
    """Return the symmetry of a response with the input `signals` (n,) and the landmarks `points` (K,).

    Both have to hold the partners of all that they hold.
    """
    places = _partners(points, mirrored_landmarks()[points])
    coordinates = 3 * places[:, None] + np.arange(3)
    scores, turn = mirrored_indices(), SIGNAL_COUNT + np.arange(3)
    apertures = np.array([0, 2, 1])
    count = len(signals)
    last = REPORT_COUNT + coordinates.size
    one_sided = np.zeros(last + APERTURE_COUNT, dtype=bool)
    one_sided[:SIGNAL_COUNT][signals_named("eyeLook")] = one_sided_looks
    one_sided[last:] = True
    return Symmetry(
        SignedPermutation(
            np.concatenate([_partners(signals, mirrored_indices()[signals]), count + np.arange(6)]),
            np.concatenate([np.ones(count), _TURNED, _MOVED]),
        ),
        SignedPermutation(
            np.concatenate([scores, turn, REPORT_COUNT + coordinates.ravel(), last + apertures]),
            np.concatenate([np.ones(SIGNAL_COUNT), _TURNED, np.tile(_MOVED, len(points)), np.ones(3)]),
        ),
        one_sided,
    )


def _partners(known: Int64Array, partners: Array) -> Int64Array:
    """Return the place of each partner among what is known."""
    place = {int(each): index for index, each in enumerate(known)}
    return np.array([place[int(each)] for each in partners], dtype=np.int64)
