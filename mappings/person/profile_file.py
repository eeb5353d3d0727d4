"""Read and write profiles as TOML files that people can change by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import InputError, OutputError
from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.files.checks import one_line, shown
from flame_model.files.reading import expecting, read_toml
from flame_model.files.writing.whole_file import write_text
from flame_model.rotations import matrix_from_axis_angle
from mappings.evenness import even_scores
from mappings.person.correction import SMALLEST_LID_RANGE, Correction
from mappings.person.profile import Profile
from mappings.person.profile_text import ADJUSTABLE, profile_text
from mappings.person.typical_rest import LIDS, typical_lids, typical_rest
from mappings.signals import MEDIAPIPE_INDEX

_RANGES = {"offset": (-1.0, 1.0), "gain": (0.0, 10.0), "dead_zone": (0.0, 1.0), "curve": (0.1, 10.0)}
"""Least and greatest value of each setting of a signal."""
_STRENGTHS = ("mirror_average", "wink_link")
_EYES = ("left", "right")
_ANY = (-1e6, 1e6)
"""Range of coordinates before they are compared with the mean face."""
_FURTHEST_MM = 60.0
"""Farthest distance of a point from the mean face along each axis; over 135 people no point was more than 43
mm away."""


def save_profile(profile: Profile, path: Path) -> None:
    """Write `profile` to `path`, whole or not at all; raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Cannot make the folder {path.parent} ({error.strerror}).") from error
    write_text(path, profile_text(profile))


def load_profile(path: Path) -> Profile:
    """Read a profile; raises InputError with the key and the value that are wrong."""
    with expecting("TOML file", "Correct it or calibrate again."):
        table = read_toml(path)
    return _Reader(path).profile(table)


def _of_even_scores(correction: Correction) -> Correction:
    """Return the correction of even scores for one of scores as the tracker reports them.

    Files of earlier versions hold such corrections. The rest that an offset was made for stays the rest; what
    is as for a typical person stays so.
    """
    rest = typical_rest()
    offset = rest - even_scores(np.clip(rest - correction.offset, 0.0, 1.0))
    lids = np.tile(rest, (2, 1))
    lids[:, LIDS] = correction.lids.T
    return replace(
        correction,
        offset=np.where(correction.offset == 0.0, 0.0, offset),
        lids=np.where(correction.lids == typical_lids(), correction.lids, even_scores(lids)[:, LIDS].T),
    )


class _Reader:
    """Turn the table of a file into a profile; every error names the file, the key and the value."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def profile(self, table: Mapping[str, Any]) -> Profile:
        """Return the profile of a whole file."""
        self._known("", table, ("even_scores", *_STRENGTHS, "lids", "signals", "pose", "face"))
        lids, pose, face = (self._table(table, key) for key in ("lids", "pose", "face"))
        self._known("lids.", lids, _EYES)
        self._known("pose.", pose, ("straight_ahead",))
        self._known("face.", face, ("points",))
        strengths: dict[str, Any] = {
            key: self._number(key, table.get(key, 0.0), 0.0, 1.0) for key in _STRENGTHS
        }
        ranges = [self._lids(eye, lids.get(eye, typical_lids()[i].tolist())) for i, eye in enumerate(_EYES)]
        correction = Correction(
            **self._signals(self._table(table, "signals")), lids=np.array(ranges), **strengths
        )
        if not self._flag("even_scores", table.get("even_scores", False)):
            correction = _of_even_scores(correction)
        turn, points = pose.get("straight_ahead"), face.get("points")
        return Profile(
            correction,
            None if points is None else self._face(points),
            None if turn is None else self._turn(turn),
        )

    def _signals(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """Return the settings of the signals as arrays (52,)."""
        self._known("signals.", table, ADJUSTABLE)
        plain = Correction()
        arrays = {key: getattr(plain, key).copy() for key in _RANGES}
        for name in table:
            settings = self._table(table, name, "signals.")
            self._known(f"signals.{name}.", settings, tuple(_RANGES))
            for key, value in settings.items():
                checked = self._number(f"signals.{name}.{key}", value, *_RANGES[key])
                arrays[key][MEDIAPIPE_INDEX[name]] = checked
        return arrays

    def _lids(self, eye: str, value: Any) -> list[float]:
        open_lid, shut_lid = self._numbers(f"lids.{eye}", value, 2, 0.0, 1.0)
        if shut_lid - open_lid < SMALLEST_LID_RANGE - 1e-6:
            raise InputError(
                f"{self._path}: lids.{eye} should be the score of the open eye, then that of the shut one at "
                f"least {SMALLEST_LID_RANGE} higher, received {value}."
            )
        return [open_lid, shut_lid]

    def _turn(self, value: Any) -> Array:
        angles = self._numbers("pose.straight_ahead", value, 3, -180.0, 180.0)
        return matrix_from_axis_angle(np.radians(angles))

    def _face(self, value: Any) -> Array:
        if not isinstance(value, list) or len(value) != FACE_POINT_COUNT:
            count = len(value) if isinstance(value, list) else shown(value)
            raise InputError(
                f"{self._path}: face.points should be {FACE_POINT_COUNT} points, received {count}."
            )
        points = np.array([self._numbers(f"face.points[{i}]", p, 3, *_ANY) for i, p in enumerate(value)])
        mean = 1e3 * bundled_measurement().neutral
        apart = np.abs(points - mean).max(axis=1)
        if apart.max() > _FURTHEST_MM:
            worst = int(apart.argmax())
            raise InputError(
                f"{self._path}: face.points[{worst}] should be about {np.round(mean[worst]).tolist()}, "
                f"received {value[worst]}; delete face.points to have the face estimated anew."
            )
        return 1e-3 * points

    def _table(self, table: Mapping[str, Any], key: str, within: str = "") -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise InputError(f"{self._path}: {within}{key} should be a table, received {shown(value)}.")
        return value

    def _numbers(self, key: str, value: Any, count: int, low: float, high: float) -> list[float]:
        if not isinstance(value, list) or len(value) != count:
            raise InputError(f"{self._path}: {key} should be {count} numbers, received {shown(value)}.")
        return [self._number(key, each, low, high) for each in value]

    def _number(self, key: str, value: Any, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"{self._path}: {key} should be a number, received {shown(value)}.")
        if not low <= value <= high:
            raise InputError(
                f"{self._path}: {key} should be from {low:g} to {high:g}, received {shown(value)}."
            )
        return float(value)

    def _flag(self, key: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise InputError(f"{self._path}: {key} should be true or false, received {shown(value)}.")
        return value

    def _known(self, within: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        """Raise InputError for a key that is unknown: a misspelt one must not go unnoticed."""
        for key in table:
            if within == "signals." and key.startswith("eyeBlink"):
                raise InputError(
                    f"{self._path}: {key} has a range of its own under [lids], none in [signals]."
                )
            if key not in keys:
                near = get_close_matches(key, keys, 1)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(keys[:6])} and so on."
                raise InputError(f"{self._path}: {within}{one_line(key, 60)} is unknown; {hint}")
