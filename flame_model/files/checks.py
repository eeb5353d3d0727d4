"""Check arrays that were read from a file; every error names the file, the array and the value received."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from flame_model.arrays import Array, Float32Array, Int32Array, Int64Array, Picture
from flame_model.errors import HeadFileError, InputError

Shape = tuple[int | str | None, ...]
"""Expected lengths; a name stands for any length of at least 1, None for any length."""

LARGEST_PICTURE = 8192
"""Pixels per side; older graphics cards accept no larger texture."""

_SHORT = reprlib.Repr()
_SHORT.maxstring = 100


def one_line(value: object, limit: int = 200) -> str:
    """Return text that may quote a file as one short printable line for a message on a terminal."""
    words = " ".join(str(value).split())
    return "".join(letter if letter.isprintable() else "?" for letter in words[:limit])


def shown(value: object) -> str:
    """Return a short form of a value from a file for a message, however long, deep or large the value is."""
    if isinstance(value, int) and value.bit_length() > 64:
        return f"a whole number of {value.bit_length()} bits"  # Python refuses to print very long integers.
    return one_line(_SHORT.repr(value))


@dataclass(frozen=True, slots=True)
class FileArrays:
    """The arrays of one file; each method checks one array and returns it or raises `error_class`."""

    path: Path
    arrays: Mapping[str, Array]
    error_class: type[InputError] = HeadFileError
    remedy: str = ""
    """A full sentence that ends every message: what the user can do about a faulty file."""

    def floats(self, key: str, shape: Shape) -> Float32Array:
        """Return an array of finite numbers as C-contiguous float32."""
        array = self._shaped(key, shape)
        if array.dtype.kind not in "biuf":
            raise self.error(key, f"should hold numbers, received {array.dtype}")
        with np.errstate(over="ignore"):
            values = np.asarray(array, dtype=np.float32, order="C")
        bad = values.size - np.count_nonzero(np.isfinite(values))
        if bad:
            raise self.error(key, f"should hold finite numbers only, received {bad} that are infinite or NaN")
        return values

    def whole_numbers(self, key: str, shape: Shape) -> Int64Array:
        """Return an array of whole numbers as int64."""
        array = self._shaped(key, shape)
        if array.dtype.kind not in "iu":
            raise self.error(key, f"should hold whole numbers, received {array.dtype}")
        return array.astype(np.int64)

    def indices(self, key: str, shape: Shape, below: int) -> Int32Array:
        """Return an array of whole numbers 0 <= i < `below` as C-contiguous int32."""
        array = self.whole_numbers(key, shape)
        if array.size and not (array.min() >= 0 and array.max() < below):
            raise self.error(key, f"should lie in 0..{below - 1}, received {array.min()}..{array.max()}")
        return np.asarray(array, dtype=np.int32, order="C")

    def picture(self, key: str) -> Picture:
        """Return an RGB picture (H, W, 3) of 0..255 as C-contiguous uint8."""
        array = self._shaped(key, ("H", "W", 3))
        if max(array.shape) > LARGEST_PICTURE:
            raise self.error(key, f"should have sides up to {LARGEST_PICTURE}, received {array.shape[:2]}")
        if array.dtype != np.uint8:
            raise self.error(key, f"should hold bytes, received {array.dtype}")
        return np.ascontiguousarray(array)

    def texts(self, key: str, shape: Shape) -> tuple[str, ...]:
        """Return the strings of an array."""
        array = self._shaped(key, shape)
        if array.dtype.kind != "U":
            raise self.error(key, f"should hold text, received {array.dtype}")
        return tuple(str(text) for text in array.ravel())

    def error(self, key: str, predicate: str) -> InputError:
        """Return an error about one array; `predicate` follows "PATH: array 'KEY'", without a full stop."""
        return self._error(f"array '{one_line(key, 60)}' {predicate}")

    def _error(self, clause: str) -> InputError:
        return self.error_class(f"{self.path}: {clause}. {self.remedy}".strip())

    def _shaped(self, key: str, shape: Shape) -> Array:
        """Return an array, checked for its shape."""
        if key not in self.arrays:
            found = one_line(", ".join(sorted(self.arrays))) or "none"
            raise self._error(f"array '{key}' is missing; of the arrays needed, the file holds {found}")
        array = self.arrays[key]
        fits = len(array.shape) == len(shape) and all(
            expected is None or (length >= 1 if isinstance(expected, str) else length == expected)
            for length, expected in zip(array.shape, shape, strict=True)
        )
        if not fits:
            wanted = "(" + ", ".join("any" if length is None else str(length) for length in shape) + ")"
            raise self.error(key, f"should have shape {wanted}, received {array.shape}")
        return array
