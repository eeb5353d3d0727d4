"""The small neural network that corrects a linear mapping, in plain arrays: running it needs no torch."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import MappingFileError
from flame_model.files.npz import read_npz, write_npz
from flame_model.files.reading import expecting
from mappings.signals import SIGNAL_COUNT

_REMEDY = "Fit the mapping again."
_LARGEST = 1e6
"""Largest weight that is accepted: sums of larger ones leave single precision."""


@dataclass(frozen=True, slots=True)
class Perceptron:
    """A network with one hidden layer of H units: c = tanh(s A + a) B + b for scores s (52,), c (C,)."""

    hidden: Array
    """(52, H) A."""
    hidden_bias: Array
    """(H,) a."""
    output: Array
    """(H, C) B."""
    output_bias: Array
    """(C,) b."""

    def __call__(self, scores: Array) -> Array:
        """Return what to add to the coefficients, (..., C), for scores (..., 52)."""
        return np.asarray(np.tanh(scores @ self.hidden + self.hidden_bias) @ self.output + self.output_bias)

    def with_zeros(self, at: int, count: int) -> Perceptron:
        """Return the network with `count` coefficients that stay zero, inserted before coefficient `at`."""
        return replace(
            self,
            output=np.insert(self.output, [at] * count, 0.0, axis=1),
            output_bias=np.insert(self.output_bias, [at] * count, 0.0),
        )

    def save(self, path: Path) -> None:
        """Write the layers as `.npz`; raises OutputError."""
        write_npz(path, {each.name: np.float32(getattr(self, each.name)) for each in fields(self)})


def load_perceptron(path: Path, coefficient_count: int) -> Perceptron:
    """Read the layers of a network with C = `coefficient_count` outputs; raises MappingFileError."""
    names = [each.name for each in fields(Perceptron)]
    with expecting("perceptron", _REMEDY, error=MappingFileError):
        layers = read_npz(path, names)
    if missing := sorted(set(names) - set(layers)):
        raise MappingFileError(
            f"{path} does not hold the layers {', '.join(names)}: {missing[0]} is missing. {_REMEDY}"
        )
    units = layers["hidden"].shape[-1] if layers["hidden"].ndim else 0
    shapes = ((SIGNAL_COUNT, units), (units,), (units, coefficient_count), (coefficient_count,))
    for name, shape in zip(names, shapes, strict=True):
        layer = layers[name]
        if layer.shape != shape or layer.dtype.kind != "f" or not (np.abs(layer) <= _LARGEST).all():
            raise MappingFileError(
                f"{path}: {name!r} should be finite numbers of shape {shape}, "
                f"received {layer.dtype} of shape {layer.shape}. {_REMEDY}"
            )
    return Perceptron(**{name: layer.astype(np.float64) for name, layer in layers.items()})
