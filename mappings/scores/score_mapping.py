"""The mapping from the 52 scores to expression, jaw, eyes and eyelids: linear, with a correction at most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array
from flame_model.errors import InputError
from flame_model.files.editions import Edition, differ, edition_of
from flame_model.head import Head
from mappings.scores.mapping_folder import MappingCard, read_mapping_folder
from mappings.scores.perceptron import Perceptron
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT

PUBLISHED_FOR = Edition(frozenset({"2020"}))
"""The published mapping was fitted to the components of this edition."""
_REST_COLUMNS = 3 + 6 + 2
"""Jaw, eyes and eyelids, which follow the expression in the stacked matrix."""


class Conversion(NamedTuple):
    """Hold what N rows of scores become; it unpacks into three arrays."""

    expression: Float32Array
    """(N, E) expression coefficients."""
    pose: Float32Array
    """(N, 6) head, always zero, then jaw; axis-angle radians."""
    eye_pose: Float32Array
    """(N, 6) left eye, then right eye; axis-angle radians."""


class Coefficients(NamedTuple):
    """Hold what the scores of one frame become."""

    expression: Float32Array
    """(E,) expression coefficients."""
    jaw: Float32Array
    """(3,) axis-angle radians."""
    eyes: Float32Array
    """(2, 3) left and right, axis-angle radians."""
    eyelids: Float32Array
    """(2,) closure of the left and right eye, 0..1."""


@dataclass(frozen=True, slots=True)
class ScoreMapping:
    """Map scores in MediaPipe's order: scores @ matrix + intercept.

    A fitted mapping first holds the scores within what it was fitted to, and may add a correction.
    """

    name: str
    """The head it was made for where a card says so, else the folder's name."""
    matrix: npt.NDArray[np.float64]
    """(52, E + 11) expression, jaw, eyes, eyelids side by side: one product a frame."""
    intercept: npt.NDArray[np.float64]
    """(E + 11,)."""
    card: MappingCard | None = None
    """What it was made for; None in the published layout, whose components are FLAME's in FLAME's order."""
    score_bounds: npt.NDArray[np.float64] | None = None
    """(2, 52) least and greatest score that is taken as it is; None where all are."""
    correction: Perceptron | None = None

    @classmethod
    def load(cls, folder: Path | str) -> Self:
        """Load the published layout or ours (see `read_mapping_folder`); raises MappingFileError."""
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
        """Load the bundled mapping of the built-in head."""
        with resources.as_file(resources.files("assets") / "mappings" / "builtin") as folder:
            return cls.load(folder)

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        return self.matrix.shape[1] - _REST_COLUMNS

    def for_head(self, head: Head) -> Self:
        """Return the mapping as `head` takes it; raises InputError where their components do not fit.

        The published layout with 50 components fits a head with more of FLAME's: the others stay zero.
        """
        missing = head.expression_count - self.expression_count
        if missing == 0:
            return self
        if missing > 0 and self.card is None and not head.expression_names:
            after = self.expression_count
            return replace(
                self,
                matrix=np.insert(self.matrix, [after] * missing, 0.0, axis=1),
                intercept=np.insert(self.intercept, [after] * missing, 0.0),
            )
        raise InputError(
            f"The mapping {self.name!r} gives {self.expression_count} expression components, but the head "
            f"{head.name!r} has {head.expression_count}; name one made for it with --mapping FOLDER."
        )

    def doubt(self, head: Head) -> str | None:
        """Return a sentence where the head is of another edition than the mapping was published for."""
        edition = edition_of(head.provenance.edition)
        if self.card is not None or head.expression_names or not differ(PUBLISHED_FOR, edition):
            return None
        return (
            f"The mapping {self.name!r} is in the published layout, which is for {PUBLISHED_FOR}, but the "
            f"head {head.name!r} is of {edition}: expressions may come out wrong; fit one to it with: "
            "flame-cam mapping fit"
        )

    def convert(self, blendshape_scores: npt.ArrayLike) -> Conversion:
        """Convert (N, 52) scores to expression (N, E), pose (N, 6) and eye pose (N, 6), float32.

        Exactly the published product where the folder holds nothing else; nothing is smoothed.
        Raises InputError for another shape or for values that are not finite.
        """
        scores = _checked_scores(blendshape_scores)
        mapped = self._mapped(scores)
        count = self.expression_count
        pose = np.zeros((len(mapped), 6), dtype=np.float32)
        pose[:, 3:] = mapped[:, count : count + 3]
        return Conversion(mapped[:, :count], pose, mapped[:, count + 3 : count + 9])

    def coefficients(self, scores: npt.NDArray[Any]) -> Coefficients:
        """Convert one frame's (52,) scores to the numbers of `convert`, with the eyelids beside them."""
        mapped = self._mapped(scores.astype(np.float64))
        count = self.expression_count
        return Coefficients(
            expression=mapped[:count],
            jaw=mapped[count : count + 3],
            eyes=mapped[count + 3 : count + 9].reshape(2, 3),
            eyelids=np.clip(mapped[count + 9 :], 0.0, 1.0),
        )

    def _mapped(self, scores: npt.NDArray[np.float64]) -> Float32Array:
        """Return (..., E + 11) for scores (..., 52)."""
        if self.score_bounds is not None:
            scores = scores.clip(*self.score_bounds)
        mapped = scores @ self.matrix + self.intercept
        if self.correction is not None:
            mapped = mapped + self.correction(scores)
        return mapped.astype(np.float32)


def _checked_scores(blendshape_scores: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return (N, 52) finite scores as float64."""
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
