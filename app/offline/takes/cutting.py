"""Write a part of a take, or several takes in a row, to a new file (`flame-cam takes cut` and `join`)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.offline.file_report import FileReport
from app.offline.takes.editing import cut_take, join_takes
from app.pipeline.outputs import Given, check_outputs
from app.sources.take import doubts_about, frame_interval, load_whole_take, shown_times
from flame_model.errors import InputError, OutputError
from flame_model.notices import Say
from mappings.records.take import MOST_FRAMES, Take, save_take

_SAME_RATE = 0.02
"""Relative difference up to which two measured frame rates count as the same."""


@dataclass(frozen=True, slots=True)
class CutSettings:
    """The settings of `flame-cam takes cut`."""

    take: Path
    out: Path
    begin: float = 0.0
    """Seconds from the first frame."""
    end: float | None = None
    """Seconds from the first frame; the frame at this time is left out. None for the take's end."""
    replace: bool = True
    """False asks a person at a terminal before an existing file is overwritten."""


def cut_file(settings: CutSettings, say: Say) -> FileReport:
    """Write the frames of a take between two times to a new take; raises InputError."""
    end = math.inf if settings.end is None else settings.end
    if settings.begin >= end:
        raise InputError(f"--from {settings.begin:g} must lie before --to {end:g}; exchange them.")
    _check_output(settings.out, [settings.take], settings.replace)
    (take,) = _loaded([settings.take], say)
    part = cut_take(take, settings.begin, end)
    if not part.observations:
        length_s = shown_times(take)[-1] + frame_interval(take)
        raise InputError(
            f"{settings.take} is {length_s:.2f} s long and has no frame between --from {settings.begin:g} "
            f"and --to {end:g}; name times within it."
        )
    return _save(part, settings.out)


@dataclass(frozen=True, slots=True)
class JoinSettings:
    """The settings of `flame-cam takes join`."""

    takes: Sequence[Path]
    out: Path
    replace: bool = True
    """False asks a person at a terminal before an existing file is overwritten."""


def join_files(settings: JoinSettings, say: Say) -> FileReport:
    """Write takes one after another to a new take; raises InputError."""
    _check_output(settings.out, settings.takes, settings.replace)
    takes = _loaded(settings.takes, say)
    frames = sum(len(take.observations) for take in takes)
    if frames > MOST_FRAMES:
        raise InputError(
            f"The takes have {frames} frames together, and a take holds at most {MOST_FRAMES}; join fewer."
        )
    for note in _differences(takes):
        say(note)
    return _save(join_takes(takes), settings.out)


def _check_output(out: Path, takes: Sequence[Path], replace: bool) -> None:
    if out.suffix.lower() != ".npz":
        raise OutputError(f"{out} cannot hold a take; name a file that ends in .npz.")
    check_outputs(files=[out], given=[Given("the take", take) for take in takes], replace=replace)


def _loaded(paths: Sequence[Path], say: Say) -> list[Take]:
    """Return the takes in files, and say what is wrong with single frames."""
    takes = []
    for path in paths:
        takes.append(load_whole_take(path, str(path)))
        if doubts := doubts_about(takes[-1], str(path)):
            say(doubts)
    return takes


def _differences(takes: Sequence[Take]) -> list[str]:
    """Return sentences about frame rates and picture sizes that differ between takes."""
    rates = [1.0 / frame_interval(take) for take in takes if len(take.observations) > 1]
    sizes = {seen.image_size for take in takes for seen in take.observations if seen is not None}
    notes = []
    if rates and max(rates) > (1.0 + _SAME_RATE) * min(rates):
        notes.append(
            f"the takes have {min(rates):.3g} to {max(rates):.3g} frames a second; every frame keeps its own "
            "duration."
        )
    if len(sizes) > 1:
        shown = ", ".join(f"{width}x{height}" for width, height in sorted(sizes))
        notes.append(f"the takes have pictures of {shown}; every frame keeps its own size.")
    return notes


def _save(take: Take, out: Path) -> FileReport:
    save_take(take, out)
    return FileReport(out.absolute(), len(take.observations), take.observations.count(None))
