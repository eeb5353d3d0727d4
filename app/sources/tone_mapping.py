"""Tone mapping: bring high dynamic range pictures (PQ and HLG) to the sRGB of an ordinary screen.

A signal value is decoded to light by the transfer function of ITU-R BT.2100, converted to the primaries of
BT.709, compressed by the EETF of ITU-R BT.2390 and encoded by the sRGB curve of IEC 61966-2-1.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array, Float32Array, Float64Array, Picture

Transfer = Literal["pq", "hlg"]
Primaries = Literal["bt2020", "p3", "bt709"]

WHITE_NITS = 203.0
"""Diffuse white of HDR pictures in cd/m² (ITU-R BT.2408, table 1), shown as an ordinary screen's white."""
PEAK_NITS = 1000.0
"""Brightest highlight that still differs from white: HLG's nominal peak and the peak of most PQ masters."""
_TABLE_SIZE = 4096
_ROWS = 8
"""Rows converted at a time, so that they stay in the processor's cache: 0.09 s of one core for 1920x1080
instead of 0.25 s for the whole picture at once."""
_BT2020_LUMA = [[0.2627, 0.6780, 0.0593]]
"""Weights of red, green and blue in luminance (ITU-R BT.2100, table 5)."""
_HLG_GAMMA_MINUS_1 = 0.2
"""HLG's system gamma is 1.2 on a display of 1000 cd/m² (ITU-R BT.2100, table 5)."""
_FROM_PRIMARIES = {
    # Linear light to linear BT.709, all with white point D65 (ITU-R BT.2087; SMPTE EG 432-1).
    "bt2020": [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]],
    "p3": [[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]],
    "bt709": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
}


def to_srgb(image: Array, transfer: Transfer, primaries: Primaries) -> Picture:
    """Return a picture (H, W, 3) of HDR signal values as sRGB uint8.

    `image` is R'G'B' at full range: uint8, uint16, or floats from 0 to 1. With E the signal, M the matrix of
    the primaries, L = M EOTF(E) the light in multiples of diffuse white, and m = max(L_r, L_g, L_b),

        output = sRGB(L EETF(m) / m).

    Light up to about half of diffuse white is unchanged; brighter light is compressed towards the screen's
    white. All three channels are scaled by the factor of the brightest one, which keeps hues.
    """
    shown = np.empty(image.shape, np.uint8)
    for start in range(0, len(image), _ROWS):
        rows = slice(start, start + _ROWS)
        shown[rows] = _shown(_signal(image[rows]), transfer, primaries)
    return shown


def _shown(signal: npt.NDArray[np.uint16], transfer: Transfer, primaries: Primaries) -> Picture:
    """Return sRGB (H, W, 3) of signal values at full range."""
    matrix = np.array(_FROM_PRIMARIES[primaries], np.float32)
    light = cv2.transform(_decoded(signal, transfer), matrix)
    brightest = np.maximum(np.maximum(light[..., 0], light[..., 1]), light[..., 2])
    factor = _compression_table().take(_table_index(brightest * np.float32(WHITE_NITS / PEAK_NITS)))
    return _srgb_table().take(_table_index(light * factor[..., None]))


def _signal(image: Array) -> npt.NDArray[np.uint16]:
    """Return signal values of any type as uint16 at full range."""
    if image.dtype == np.uint16:
        return image
    if image.dtype == np.uint8:
        return image.astype(np.uint16) * 257
    return (np.clip(np.nan_to_num(image), 0.0, 1.0) * 65535 + 0.5).astype(np.uint16)


def _table_index(light: Float32Array) -> npt.NDArray[np.uint16]:
    """Return the table index of light from 0 to 1: by its square root, because eyes see dark steps better."""
    return (np.sqrt(np.clip(light, 0.0, 1.0)) * (_TABLE_SIZE - 1) + 0.5).astype(np.uint16)


def _table_light() -> Float64Array:
    """Return the light (4096,) that the entries of a table stand for."""
    return np.linspace(0.0, 1.0, _TABLE_SIZE) ** 2


def _decoded(signal: npt.NDArray[np.uint16], transfer: Transfer) -> Float32Array:
    """Return the light (H, W, 3) that a display makes of the signal, in multiples of diffuse white.

    HLG's table gives scene light; the display's is F = L_W Y^(gamma - 1) E with the scene's luminance Y and
    the display's peak L_W (the OOTF of ITU-R BT.2100, table 5).
    """
    light = _light_table(transfer).take(signal)
    if transfer == "hlg":
        luminance = cv2.transform(light, np.array(_BT2020_LUMA, np.float32))
        gain = cv2.pow(luminance, _HLG_GAMMA_MINUS_1)
        light *= gain[..., None] * np.float32(PEAK_NITS / WHITE_NITS)
    return light


@cache
def _light_table(transfer: Transfer) -> Float32Array:
    """Return light (65536,) for each signal value: PQ's in multiples of white, HLG's scene light from 0 to 1.

    HLG's is the inverse of its OETF (ITU-R BT.2100, table 5): E = E'^2 / 3 for E' <= 1/2, else
    E = (exp((E' - c) / a) + b) / 12.
    """
    signal = np.linspace(0.0, 1.0, 65536)
    if transfer == "pq":
        return (_pq_nits(signal) / WHITE_NITS).astype(np.float32)
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3.0, (np.exp((signal - c) / a) + b) / 12.0)
    return scene.astype(np.float32)


@cache
def _compression_table() -> Float32Array:
    """Return the factor (4096,) EETF(m) / m for a brightest channel m of 0 to PEAK_NITS; black keeps 1.

    The EETF of ITU-R BT.2390, section 5.4.1: with e the PQ signal of m and w that of white, both divided by
    the peak's, e is unchanged below the knee k = 1.5 w - 0.5. Above it a Hermite spline leads to w: with t =
    (e - k) / (1 - k),

        (2t^3 - 3t^2 + 1) k + (t^3 - 2t^2 + t) (1 - k) + (-2t^3 + 3t^2) w.
    """
    nits = _table_light() * PEAK_NITS
    top, white = _pq_signal(np.array([PEAK_NITS, WHITE_NITS]))
    e, w = _pq_signal(nits) / top, white / top
    k = 1.5 * w - 0.5
    t = np.clip((e - k) / (1.0 - k), 0.0, 1.0)
    spline = (2 * t**3 - 3 * t**2 + 1) * k + (t**3 - 2 * t**2 + t) * (1 - k) + (-2 * t**3 + 3 * t**2) * w
    compressed = _pq_nits(np.where(e < k, e, spline) * top)
    return np.divide(compressed, nits, out=np.ones_like(nits), where=nits > 0.0).astype(np.float32)


@cache
def _srgb_table() -> npt.NDArray[np.uint8]:
    """Return sRGB values (4096,) of light from 0 to 1 (IEC 61966-2-1)."""
    light = _table_light()
    signal = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return (255.0 * signal + 0.5).astype(np.uint8)


_M1, _M2, _C1, _C2, _C3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
"""The constants of PQ (SMPTE ST 2084; ITU-R BT.2100, table 4)."""


def _pq_nits(signal: Float64Array) -> Float64Array:
    """Return PQ's light in cd/m²: F = 10000 (max(E'^(1/m2) - c1, 0) / (c2 - c3 E'^(1/m2)))^(1/m1)."""
    power = signal ** (1 / _M2)
    light: Float64Array = 1e4 * (np.maximum(power - _C1, 0.0) / (_C2 - _C3 * power)) ** (1 / _M1)
    return light


def _pq_signal(nits: Float64Array) -> Float64Array:
    """Return PQ's signal values of light in cd/m²; the inverse of `_pq_nits`."""
    power = (nits / 1e4) ** _M1
    signal: Float64Array = ((_C1 + _C2 * power) / (1.0 + _C3 * power)) ** _M2
    return signal
