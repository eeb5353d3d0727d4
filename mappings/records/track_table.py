"""Tracks: a table with the scores and head parameters of every frame, written as `.npz` or CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import BinaryIO

import numpy as np

from flame_model.arrays import Array
from flame_model.files.npz import write_npz
from flame_model.files.writing.whole_file import write_whole
from flame_model.params import HeadParams
from mappings.frames import FaceObservation
from mappings.records.take import observation_arrays
from mappings.signals import MEDIAPIPE_NAMES

_ONLY_IN_TAKES = ("landmarks", "T_camera_face", "image_size", "moved")
"""Arrays that `save_npz` writes only with landmarks, and CSV tables never hold."""


@dataclass(frozen=True, slots=True)
class Track:
    """The scores and parameters of N frames; rows of frames without a face are NaN."""

    time_s: Array
    """(N,) seconds."""
    found: Array
    """(N,) bool, whether there is a face."""
    scores: Array
    """(N, 52) in MediaPipe's order."""
    expression: Array
    """(N, E) coefficients."""
    jaw: Array
    """(N, 3) axis-angle radians, as are the rotations below."""
    eyes: Array
    """(N, 2, 3) left and right eye."""
    neck: Array
    """(N, 3) turn of the neck joint."""
    rotation: Array
    """(N, 3) turn of the root joint."""
    translation: Array
    """(N, 3) metres, in front of the camera."""
    eyelids: Array
    """(N, 2) closure of the left and right eye, 0..1."""
    landmarks: Array
    """(N, 478, 3) pixels."""
    T_camera_face: Array
    """(N, 4, 4) canonical face to camera, metres."""
    image_size: Array
    """(N, 2) pixels, 0 without a face."""
    moved: Array
    """(N, 6) `FaceObservation.moved`, NaN where it is not known."""

    def save_npz(self, path: Path, landmarks: bool = False) -> None:
        """Write the arrays and `score_names` as `.npz`, with `landmarks` as a take; raises OutputError."""
        names = [f.name for f in fields(self) if landmarks or f.name not in _ONLY_IN_TAKES]
        arrays = {name: getattr(self, name) for name in names}
        write_npz(path, arrays | {"score_names": MEDIAPIPE_NAMES})

    def save_csv(self, path: Path) -> None:
        """Write a header and one row per frame, with `nan` where there is no face; raises OutputError."""
        write_whole(path, self._write_csv)

    def _write_csv(self, file: BinaryIO) -> None:
        columns = [f.name for f in fields(self)[3:] if f.name not in _ONLY_IN_TAKES]
        arrays = [getattr(self, name) for name in columns]
        blocks = [array.reshape(len(array), math.prod(array.shape[1:])) for array in arrays]
        header = ["time_s", "found", *MEDIAPIPE_NAMES]
        for name, block in zip(columns, blocks, strict=True):
            header += [f"{name}_{index}" for index in range(block.shape[1])]
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        table = np.hstack([self.scores, *blocks])
        for time_s, found, row in zip(self.time_s, self.found, table, strict=True):
            writer.writerow([f"{time_s:.6f}", int(found), *(f"{value:.7g}" for value in row)])
        text.detach()


def track_of(
    times: Sequence[float],
    observations: Sequence[FaceObservation | None],
    params: Sequence[HeadParams | None],
    expression_count: int,
) -> Track:
    """Return N frames as a track; where an observation is None, its `params` are None as well."""
    shapes: dict[str, tuple[int, ...]] = {
        "expression": (expression_count,),
        "jaw": (3,),
        "eyes": (2, 3),
        "neck": (3,),
        "rotation": (3,),
        "translation": (3,),
        "eyelids": (2,),
    }
    arrays = {name: np.full((len(params), *shape), np.nan, np.float32) for name, shape in shapes.items()}
    for index, each in enumerate(params):
        if each is not None:
            for name, array in arrays.items():
                array[index] = getattr(each, name)
    return Track(**observation_arrays(np.array(times), tuple(observations)), **arrays)
