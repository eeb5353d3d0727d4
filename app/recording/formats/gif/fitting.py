"""Write pictures to a GIF of at most a number of bytes, by a smaller size and a lower rate."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from app.recording.formats.gif.file import GifFile
from app.recording.formats.gif.painter import Painter
from app.recording.formats.gif.palette import PaletteMaker
from app.recording.formats.gif.plan import Plan
from app.recording.output_format import MEGABYTE
from app.recording.recorded_clip import RecordedClip
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from flame_model.notices import Say

_PALETTE_FPS = 10.0
"""Pictures a second that the palette is chosen from."""
_PALETTE_SHARE = 0.2
"""Share of the whole time that the palette takes."""
_SAMPLES, _RUN = 3, 8
"""Runs of pictures from which the size of the whole is estimated, and pictures of each."""
_ROUNDS = 4
"""Estimates before the whole is written; each one corrects the one before it."""
_AIM = 0.93
"""Share of the limit that is aimed at, because an estimate is a few per cent off."""
_MOST_WHOLE = 4
"""Times that the whole is written at most; a file that exceeds the limit is given up at that place."""
_LEAST_SIDE = 48
"""Shorter side of the smallest GIF, pixels."""


class _TooLarge(Exception):
    """The file has more bytes than it may; `share` of the pictures were in it."""

    def __init__(self, share: float) -> None:
        self.share = share


class GifEncoder:
    """Writes one clip, or the part of it from `begin_s` to `end_s`, to GIF files."""

    def __init__(
        self,
        clip: RecordedClip,
        path: Path,
        part: tuple[float, float] = (0.0, math.inf),
        *,
        fps: float,
        progress: Callable[[float], object] = lambda _: None,
    ) -> None:
        """Choose a palette for all files; errors and notices name `path`. Raises SourceError.

        `progress` is told the share that is done, 0..1; where a GIF has to fit, it begins anew.
        """
        self._clip, self._path, self._part = clip, path, part
        self._whole, self._progress = Plan(clip.size, fps), progress
        end_s = min(part[1], clip.duration_s)
        self._length_s = max(end_s - part[0], 1.0 / clip.fps)
        palette = PaletteMaker()
        for time_s, rgba in clip.pictures(*part, fps=min(fps, _PALETTE_FPS)):
            palette.add(rgba)
            progress(_PALETTE_SHARE * min(time_s / self._length_s, 1.0))
        self._palette = palette.finish()

    def write(self, made: Path, limit: int | None = None, say: Say = lambda _: None) -> int:
        """Write into the empty file `made` and return the number of pictures.

        Where it would have more than `limit` bytes, size and rate are lowered, and `say` is told to what.
        Raises OutputError where the disk is full or no size fits.
        """
        if limit is None:
            return self._write(made, self._whole, None)
        plan = self._planned(limit)
        for _ in range(_MOST_WHOLE):
            try:
                frames = self._write(made, plan, limit)
            except _TooLarge as large:
                plan = self._smaller(plan, _AIM * large.share, limit)
                made.write_bytes(b"")
            else:
                if plan != self._whole:
                    say(f"{self._path.name} is {plan} to fit into {limit / MEGABYTE:g} MB")
                return frames
        raise self._hopeless(plan, limit)

    def _planned(self, limit: int) -> Plan:
        """Return the largest plan that is estimated to fit."""
        plan = self._whole
        for _ in range(_ROUNDS):
            ratio = limit / self._estimate(plan)
            if ratio >= 1.0 if plan == self._whole else 0.9 < ratio / _AIM < 1.1:
                return plan
            plan = plan.scaled(_AIM * ratio, self._whole)
            self._require_room(plan, limit)
        return plan

    def _smaller(self, plan: Plan, ratio: float, limit: int) -> Plan:
        smaller = plan.scaled(min(ratio, _AIM), self._whole)
        self._require_room(smaller, limit)
        return smaller

    def _require_room(self, plan: Plan, limit: int) -> None:
        if min(plan.size) < min(_LEAST_SIDE, *self._clip.size):
            raise self._hopeless(plan, limit)

    def _hopeless(self, plan: Plan, limit: int) -> OutputError:
        return OutputError(
            f"{self._path.name} does not fit into {limit / MEGABYTE:g} MB, not even as {plan}; allow more by "
            "--gif-mb or record less."
        )

    def _estimate(self, plan: Plan) -> float:
        """Return the bytes of the whole, estimated from some runs of pictures."""
        count = max(1, round(self._length_s * plan.fps))
        if count <= _SAMPLES * _RUN:
            return self._measured(plan, self._pictures(plan, *self._part))[1]
        firsts = later = 0.0
        for number in range(_SAMPLES):
            begin_s = self._part[0] + self._length_s * (number + 0.5) / _SAMPLES - 0.5 * _RUN / plan.fps
            run = islice(self._pictures(plan, max(begin_s, 0.0), self._part[1]), _RUN)
            first, whole = self._measured(plan, run)
            firsts, later = firsts + first, later + (whole - first) / (_RUN - 1)
        return firsts / _SAMPLES + (count - 1) * later / _SAMPLES

    def _measured(self, plan: Plan, pictures: Iterable[Picture]) -> tuple[float, float]:
        """Return the bytes after the first of some pictures, and after all of them."""
        with TemporaryDirectory() as folder:
            made = Path(folder) / "sample.gif"
            made.touch()
            painter = Painter(self._palette, plan.size)
            file = GifFile(made, self._path, plan.size, plan.fps)
            first = 0
            for rgba in pictures:
                file.paint(painter, rgba)
                first = first or file.file.tell()
            file.close()
            return float(first), float(made.stat().st_size)

    def _write(self, made: Path, plan: Plan, limit: int | None) -> int:
        painter = Painter(self._palette, plan.size)
        file = GifFile(made, self._path, plan.size, plan.fps)
        total = max(1.0, self._length_s * plan.fps)
        try:
            for rgba in self._pictures(plan, *self._part):
                file.paint(painter, rgba)
                self._progress(_PALETTE_SHARE + (1.0 - _PALETTE_SHARE) * min(file.frames / total, 1.0))
                if limit is not None and file.file.tell() > limit:
                    raise _TooLarge(min(file.frames / total, 1.0))
        finally:
            file.close()
        if limit is not None and made.stat().st_size > limit:
            raise _TooLarge(limit / made.stat().st_size)
        return file.frames

    def _pictures(self, plan: Plan, begin_s: float, end_s: float) -> Iterable[Picture]:
        size = None if plan.size == self._clip.size else plan.size
        fps = None if plan.fps == self._clip.fps else plan.fps
        return (rgba for _, rgba in self._clip.pictures(begin_s, end_s, size=size, fps=fps))
