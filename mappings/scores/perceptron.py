"""What a small neural network adds to a linear mapping, in plain arrays: running it needs no torch."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import MappingFileError
from flame_model.files.npz import read_npz, write_npz
from flame_model.files.reading import expecting
from mappings.signals import SIGNAL_COUNT

_LARGEST = 1e6
"""Weights beyond make sums that leave single precision."""


@dataclass(frozen=True, slots=True)
class Perceptron:
    """Hold one hidden layer of H units with tanh, from the 52 scores to C coefficients."""

    hidden: Array
    """(52, H)."""
    hidden_bias: Array
    """(H,)."""
    output: Array
    """(H, C)."""
    output_bias: Array
    """(C,)."""

    def __call__(self, scores: Array) -> Array:
        """Return the coefficients (..., C) to add for scores (..., 52)."""
        return np.asarray(np.tanh(scores @ self.hidden + self.hidden_bias) @ self.output + self.output_bias)

    def save(self, path: Path) -> None:
        """Write the layers as `.npz`; raises OutputError."""
        write_npz(path, {each.name: np.float32(getattr(self, each.name)) for each in fields(self)})


def load_perceptron(path: Path, coefficient_count: int) -> Perceptron:
    """Read the layers, checked against C coefficients; raises MappingFileError."""
    names = [each.name for each in fields(Perceptron)]
    with expecting("perceptron", "Fit the mapping again.", error=MappingFileError):
        layers = read_npz(path, names)
    if missing := sorted(set(names) - set(layers)):
        raise MappingFileError(
            f"{path} does not hold the layers {', '.join(names)}: {missing[0]} is missing."
        )
    units = layers["hidden"].shape[-1] if layers["hidden"].ndim else 0
    shapes = ((SIGNAL_COUNT, units), (units,), (units, coefficient_count), (coefficient_count,))
    for name, shape in zip(names, shapes, strict=True):
        layer = layers[name]
        if layer.shape != shape or layer.dtype.kind != "f" or not (np.abs(layer) <= _LARGEST).all():
            raise MappingFileError(
                f"{path}: {name!r} should be finite numbers of shape {shape}, "
                f"received {layer.dtype} of shape {layer.shape}."
            )
    return Perceptron(**{name: layer.astype(np.float64) for name, layer in layers.items()})
