"""High dynamic range to sRGB: what an ordinary screen shows of PQ and HLG pictures."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array

Transfer = Literal["pq", "hlg"]
Primaries = Literal["bt2020", "p3", "bt709"]

WHITE_NITS = 203.0
"""Diffuse white of HDR pictures (ITU-R BT.2408, table 1): what an ordinary screen shows at its brightest."""
PEAK_NITS = 1000.0
"""Brightest highlight that still differs from white: HLG's nominal peak and what most PQ is mastered to."""
_FINE = 4096
_ROWS = 8
_FROM_PRIMARIES = {
    # Linear light to linear BT.709, all with a white of D65 (BT.2087; SMPTE EG 432-1).
    "bt2020": [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]],
    "p3": [[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]],
    "bt709": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
}


def to_srgb(image: npt.NDArray[Any], transfer: Transfer, primaries: Primaries) -> npt.NDArray[np.uint8]:
    """Return a picture (H, W, 3) of HDR signal values as sRGB uint8.

    `image` is R'G'B' at full range: uint8, uint16, or floats from 0 to 1. Light is decoded as in ITU-R
    BT.2100 (PQ; HLG with a display of 1000 nits) and brought to BT.709. Everything up to about half of
    diffuse white stays as bright as it was made; what is brighter bends towards the screen's white as in
    ITU-R BT.2390, section 5.4.1. The brightest of the three channels sets the bend, so hues stay.
    """
    shown = np.empty(image.shape, np.uint8)
    # A few rows at a time stay in the processor's cache: 0.09 s of one core for 1920x1080, not 0.25 s.
    for start in range(0, len(image), _ROWS):
        rows = slice(start, start + _ROWS)
        shown[rows] = _shown(_signal(image[rows]), transfer, primaries)
    return shown


def _shown(signal: npt.NDArray[np.uint16], transfer: Transfer, primaries: Primaries) -> npt.NDArray[np.uint8]:
    matrix = np.array(_FROM_PRIMARIES[primaries], np.float32)
    seen = cv2.transform(_decoded(signal, transfer), matrix)
    brightest = np.maximum(np.maximum(seen[..., 0], seen[..., 1]), seen[..., 2])
    bend = _bend_table().take(_fine(brightest * np.float32(WHITE_NITS / PEAK_NITS)))
    return _srgb_table().take(_fine(seen * bend[..., None]))


def _signal(image: npt.NDArray[Any]) -> npt.NDArray[np.uint16]:
    """Return signal values of any kind as uint16 at full range."""
    if image.dtype == np.uint16:
        return image
    if image.dtype == np.uint8:
        return image.astype(np.uint16) * 257
    return (np.clip(np.nan_to_num(image), 0.0, 1.0) * 65535 + 0.5).astype(np.uint16)


def _fine(light: Float32Array) -> npt.NDArray[np.uint16]:
    """Return where light of 0 to 1 stands in a table: by its square root, as eyes see dark steps better."""
    return (np.sqrt(np.clip(light, 0.0, 1.0)) * (_FINE - 1) + 0.5).astype(np.uint16)


def _table_light() -> npt.NDArray[np.float64]:
    """Return the light (4096,) that the places of a table stand for."""
    return np.linspace(0.0, 1.0, _FINE) ** 2


def _decoded(signal: npt.NDArray[np.uint16], transfer: Transfer) -> Float32Array:
    """Return the light (H, W, 3) that a display makes of the signal, as a multiple of diffuse white."""
    light = _light_table(transfer).take(signal)
    if transfer == "hlg":
        # OOTF of BT.2100 for 1000 nits: light rises with the scene's luminance to the power of 0.2 more.
        luminance = cv2.transform(light, np.array([[0.2627, 0.6780, 0.0593]], np.float32))
        light *= cv2.pow(luminance, 0.2)[..., None] * np.float32(PEAK_NITS / WHITE_NITS)
    return light


@cache
def _light_table(transfer: Transfer) -> Float32Array:
    """Return light for each signal value (65536,): PQ as a multiple of white, HLG the scene's from 0 to 1."""
    signal = np.linspace(0.0, 1.0, 65536)
    if transfer == "pq":
        return (_pq_nits(signal) / WHITE_NITS).astype(np.float32)
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3.0, (np.exp((signal - c) / a) + b) / 12.0)
    return scene.astype(np.float32)


@cache
def _bend_table() -> Float32Array:
    """Return the factor (4096,) for a brightest channel of 0 to PEAK_NITS: the EETF of BT.2390.

    Black stays as it is. In PQ, relative to the peak: e stays below the knee k = 1.5 w - 0.5, w being the
    screen's white; above it a Hermite spline leads to w: with t = (e - k) / (1 - k),
    (2t^3 - 3t^2 + 1) k + (t^3 - 2t^2 + t) (1 - k) + (-2t^3 + 3t^2) w.
    """
    nits = _table_light() * PEAK_NITS
    top, white = _pq_signal(np.array([PEAK_NITS, WHITE_NITS]))
    e, w = _pq_signal(nits) / top, white / top
    k = 1.5 * w - 0.5
    t = np.clip((e - k) / (1.0 - k), 0.0, 1.0)
    spline = (2 * t**3 - 3 * t**2 + 1) * k + (t**3 - 2 * t**2 + t) * (1 - k) + (-2 * t**3 + 3 * t**2) * w
    bent = _pq_nits(np.where(e < k, e, spline) * top)
    return np.divide(bent, nits, out=np.ones_like(nits), where=nits > 0.0).astype(np.float32)


@cache
def _srgb_table() -> npt.NDArray[np.uint8]:
    """Return sRGB values (4096,) of light from 0 to 1 (IEC 61966-2-1)."""
    light = _table_light()
    signal = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return (255.0 * signal + 0.5).astype(np.uint8)


_M1, _M2, _C1, _C2, _C3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875


def _pq_nits(signal: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return nits of PQ signal values (SMPTE ST 2084)."""
    power = signal ** (1 / _M2)
    light: npt.NDArray[np.float64] = 1e4 * (np.maximum(power - _C1, 0.0) / (_C2 - _C3 * power)) ** (1 / _M1)
    return light


def _pq_signal(nits: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return PQ signal values of nits; the inverse of `_pq_nits`."""
    power = (nits / 1e4) ** _M1
    signal: npt.NDArray[np.float64] = ((_C1 + _C2 * power) / (1.0 + _C3 * power)) ** _M2
    return signal
