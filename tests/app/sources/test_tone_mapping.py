from __future__ import annotations

import numpy as np
import pytest

from app.sources.tone_mapping import to_srgb


def pq(nits: float) -> float:
    """Return the PQ signal of `nits` (SMPTE ST 2084)."""
    y = (nits / 10000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375


def srgb(light: float) -> float:
    return 255 * (1.055 * light ** (1 / 2.4) - 0.055)


def grey(signal: float) -> np.ndarray:
    return np.full((2, 3, 3), signal, np.float32)


@pytest.mark.parametrize("nits", [2.0, 10.0, 50.0, 90.0])
def test_what_is_darker_than_half_of_white_stays_as_bright_as_it_was(nits: float) -> None:
    seen = to_srgb(grey(pq(nits)), "pq", "bt2020")
    assert seen.shape == (2, 3, 3)
    assert seen.dtype == np.uint8
    assert np.abs(seen - srgb(nits / 203)).max() <= 1.5


def test_highlights_bend_towards_white_and_still_differ() -> None:
    levels = [
        int(to_srgb(grey(pq(nits)), "pq", "bt2020")[0, 0, 0]) for nits in (100, 203, 300, 450, 1000, 9e3)
    ]
    assert levels == sorted(levels)
    assert len(set(levels[:5])) == 5
    assert levels[-2:] == [255, 255]


def test_white_of_hlg_is_white_of_pq() -> None:
    """BT.2408 puts diffuse white at 75 % of HLG's signal and at 203 nits."""
    hlg, white = to_srgb(grey(0.75), "hlg", "bt2020"), to_srgb(grey(pq(203)), "pq", "bt2020")
    assert np.abs(hlg.astype(int) - white).max() <= 1


def test_black_is_black() -> None:
    for transfer in ("pq", "hlg"):
        assert to_srgb(grey(0.0), transfer, "bt2020").max() == 0


def test_a_colour_of_the_small_gamut_comes_back_from_the_large_one() -> None:
    """0.2, 0.1, 0.05 of white in BT.709, written in BT.2020 with the matrix of BT.2087."""
    wide = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
    signal = np.array([pq(203 * light) for light in wide @ [0.2, 0.1, 0.05]], np.float32)
    seen = to_srgb(signal.reshape(1, 1, 3), "pq", "bt2020")[0, 0]
    assert seen == pytest.approx([srgb(0.2), srgb(0.1), srgb(0.05)], abs=1.5)


def test_every_kind_of_number_means_the_same() -> None:
    eight = np.arange(0, 256, 5, dtype=np.uint8)[None, :, None].repeat(3, axis=2)
    of_eight = to_srgb(eight, "pq", "p3")
    assert (of_eight == to_srgb(eight.astype(np.uint16) * 257, "pq", "p3")).all()
    assert (of_eight == to_srgb(eight / 255.0, "pq", "p3")).all()
