"""The mapping from the 52 scores to a head's coefficients: linear, with an optional correction.

For scores s (52,) the coefficients (C,) are

    c = clip(s, s_min, s_max) M + b + perceptron(clip(s, s_min, s_max))

with the matrix M (52, C), the intercept b (C,) and the bounds s_min, s_max (52,) of a mapping's folder.
Bounds and perceptron are optional. The published layout holds M alone: c = s M.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array, Float32Array, Float64Array
from flame_model.errors import InputError
from flame_model.files.editions import Edition, differ, edition_of
from flame_model.head import Head
from mappings.scores.layout import Coefficients, Layout
from mappings.scores.mapping_card import MappingCard
from mappings.scores.mapping_folder import read_mapping_folder
from mappings.scores.perceptron import Perceptron
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT

PUBLISHED_FOR = Edition(frozenset({"2020"}))
"""The edition of FLAME to whose components the published mapping was fitted."""


class Conversion(NamedTuple):
    """The coefficients of N frames as the published layout has them; it unpacks into three arrays."""

    expression: Float32Array
    """(N, E) expression coefficients."""
    pose: Float32Array
    """(N, 6) head, always zero, then jaw; axis-angle radians."""
    eye_pose: Float32Array
    """(N, 6) left eye, then right eye; axis-angle radians."""

    @property
    def jaw(self) -> Float32Array:
        """(N, 3) axis-angle radians."""
        return self.pose[:, 3:]


@dataclass(frozen=True, slots=True)
class ScoreMapping:
    """A mapping from scores in MediaPipe's order to the coefficients of one head.

        mapping = ScoreMapping.load("mapping_folder")
        expression, pose, eye_pose = mapping.convert(scores)  # (N, 52) to (N, E), (N, 6), (N, 6)

    Scores of many frames are converted by `convert`, those of one frame by `coefficients`.
    """

    name: str
    """Name of the head that the mapping was made for where a card states it, else the folder's name."""
    matrix: Float64Array
    """(52, C) M: coefficients per score, columns as in `layout`."""
    intercept: Float64Array
    """(C,) b: coefficients at scores of 0."""
    card: MappingCard | None = None
    """None for the published layout, whose components are FLAME's in FLAME's order."""
    score_bounds: Float64Array | None = None
    """(2, 52) least and greatest score, s_min and s_max; None for a mapping without bounds."""
    correction: Perceptron | None = None

    @classmethod
    def load(cls, folder: Path | str) -> Self:
        """Load a folder in the published or in flame-cam's own layout; raises MappingFileError."""
        path = Path(folder)
        arrays = read_mapping_folder(path)
        parts = (arrays.expression, arrays.jaw, arrays.eyes, arrays.eyelids)
        return cls(
            name=arrays.card.head if arrays.card else path.name,
            matrix=np.hstack([matrix for matrix, _ in parts]),
            intercept=np.concatenate([intercept for _, intercept in parts]),
            card=arrays.card,
            score_bounds=arrays.score_bounds,
            correction=arrays.correction,
        )

    @classmethod
    def default(cls) -> Self:
        """Load the mapping of the built-in head that comes with the program."""
        with resources.as_file(resources.files("assets") / "mappings" / "builtin") as folder:
            return cls.load(folder)

    @property
    def layout(self) -> Layout:
        """The columns of the matrix and of the intercept."""
        return Layout.of_width(self.matrix.shape[1])

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        return self.layout.expression_count

    def for_head(self, head: Head) -> Self:
        """Return the mapping with the components of `head`; raises InputError where they do not fit.

        A mapping in the published layout fits a head that has more of FLAME's components: those stay zero.
        """
        missing = head.expression_count - self.expression_count
        if missing == 0:
            return self
        if missing > 0 and self.card is None and not head.expression_names:
            after = self.layout.expression.stop
            return replace(
                self,
                matrix=np.insert(self.matrix, [after] * missing, 0.0, axis=1),
                intercept=np.insert(self.intercept, [after] * missing, 0.0),
                correction=self.correction and self.correction.with_zeros(after, missing),
            )
        raise InputError(
            f"The mapping {self.name!r} gives {self.expression_count} expression components, but the head "
            f"{head.name!r} has {head.expression_count}; name one made for it with --mapping FOLDER."
        )

    def edition_warning(self, head: Head) -> str | None:
        """Return a warning if the mapping was published for another edition than the head's, else None."""
        edition = edition_of(head.provenance.edition)
        if self.card is not None or head.expression_names or not differ(PUBLISHED_FOR, edition):
            return None
        return (
            f"the mapping {self.name!r} is in the published layout, which is for {PUBLISHED_FOR}, but the "
            f"head {head.name!r} is of {edition}: its expressions may be wrong; fit a mapping to it with: "
            "flame-cam mapping fit"
        )

    def convert(self, blendshape_scores: npt.ArrayLike) -> Conversion:
        """Convert (N, 52) scores to expression (N, E), pose (N, 6) and eye pose (N, 6), float32.

        For a folder in the published layout the result is exactly the product of the scores and its matrices.
        Nothing is smoothed.
        Raises InputError for another shape or for values that are not finite.
        """
        scores = _checked_scores(blendshape_scores)
        mapped = self.mapped(scores)
        pose = np.zeros((len(mapped), 6), dtype=np.float32)
        pose[:, 3:] = mapped[:, self.layout.jaw]
        return Conversion(mapped[:, self.layout.expression], pose, mapped[:, self.layout.eyes])

    def coefficients(self, scores: Array) -> Coefficients:
        """Convert the scores (52,) of one frame, float32; eyelid closures are limited to 0..1."""
        mapped = self.layout.split(self.mapped(scores.astype(np.float64)))
        return mapped._replace(eyelids=np.clip(mapped.eyelids, 0.0, 1.0))

    def mapped(self, scores: Float64Array) -> Float32Array:
        """Return the coefficients (..., C) of scores (..., 52); eyelid closures are not limited."""
        if self.score_bounds is not None:
            scores = scores.clip(*self.score_bounds)
        mapped = scores @ self.matrix + self.intercept
        if self.correction is not None:
            mapped = mapped + self.correction(scores)
        return mapped.astype(np.float32)


def _checked_scores(blendshape_scores: npt.ArrayLike) -> Float64Array:
    """Return (N, 52) finite scores as float64; raises InputError."""
    try:
        scores = np.asarray(blendshape_scores, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"blendshape_scores should be an array of numbers ({error}).") from error
    if scores.ndim != 2 or scores.shape[1] != SIGNAL_COUNT:
        raise InputError(f"blendshape_scores should have shape (N, {SIGNAL_COUNT}), received {scores.shape}.")
    if not np.isfinite(scores).all():
        row, column = (int(index) for index in np.argwhere(~np.isfinite(scores))[0])
        raise InputError(
            f"blendshape_scores should be finite, received {scores[row, column]} "
            f"for {MEDIAPIPE_NAMES[column]} in row {row}."
        )
    return scores
