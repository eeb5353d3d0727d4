"""Track many clips into one file of gathered data (`flame-cam mapping gather`)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.pipeline.outputs import Given, check_outputs
from app.pipeline.outputs.input_files import given_bundle
from app.system.terminal import printable
from app.training.choices import CLIP
from app.training.gathering.clip import ClipTask, frame_count
from app.training.gathering.cluster import on_cluster
from app.training.gathering.parts import Parts
from app.training.gathering.processes import Outcome, in_processes
from flame_model.errors import InputError, OutputError, SourceError
from flame_model.notices import Say, counted
from mappings.records.gathered import REASONS, Gathered, joined
from mappings.tracking.landmarker_bundle import locate_bundle


@dataclass(frozen=True, slots=True)
class GatherSettings:
    """The settings of `flame-cam mapping gather`."""

    clips: tuple[Path, ...]
    out: Path
    jobs: int | None = None
    """Number of processes; None for one per core."""
    scheduler: str | None = None
    """Address of a dask.distributed scheduler whose workers track the clips instead."""
    people: str = CLIP
    """One of `app.training.choices.PEOPLE`."""
    licence: str = "unknown"
    landmarker: Path | None = None
    replace: bool = True
    """Whether an older file is replaced without asking the person at the terminal."""


@dataclass(frozen=True, slots=True)
class GatherReport:
    """The gathered data, and the clips that were left out."""

    data: Gathered
    unreadable: tuple[str, ...]
    """One sentence for each clip that could not be read."""

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        kept = [(self.data.clip == index).sum() for index in range(len(self.data.clip_names))]
        lines = [
            f"{name}: {counted(count, 'frame')}"
            + "".join(f", {out} {reason}" for reason, out in zip(REASONS, left_out, strict=True) if out)
            for name, count, left_out in zip(self.data.clip_names, kept, self.data.left_out, strict=True)
        ]
        people = self.data.person_count
        total = (
            f"{counted(len(self.data.time_s), 'frame')} of {people} {'person' if people == 1 else 'people'}"
        )
        return [*lines, *(f"left out: {sentence}" for sentence in self.unreadable), total]


def gather(settings: GatherSettings, say: Say) -> GatherReport:
    """Write the gathered data of all clips, in their order; a killed run continues with the next call.

    Clips that cannot be read are left out and named in the report. Raises InputError where no frame is usable
    or the scheduler does not answer, OutputError or TrackerBundleError.
    """
    _check_output(settings)
    bundle = locate_bundle(settings.landmarker)
    clips = tuple(dict.fromkeys(path.resolve() for path in settings.clips))
    stated, unreadable = _frame_counts(clips)
    tasks = [ClipTask(clip, bundle) for clip in stated]
    parts = Parts(settings.out)
    done = {task: part for task in tasks if (part := parts.read(task)) is not None}
    if done:
        say(f"{len(done)} of {len(tasks)} clips were gathered by an earlier run")
    # The longest clip comes first, so that it does not keep one process busy at the end.
    todo = sorted((t for t in tasks if t not in done), key=lambda task: -stated[task.clip])
    try:
        for task, result in _shown(_outcomes(todo, settings), len(todo)):
            if isinstance(result, Gathered):
                parts.keep(task, result)
                done[task] = result
            else:
                unreadable[task.clip] = str(result)
    except BaseException as error:
        if done:
            error.add_note(
                f"{len(done)} of {len(tasks)} clips are kept in {parts.folder} for the same command."
            )
        raise
    sentences = tuple(unreadable[clip] for clip in clips if clip in unreadable)
    used = [task for task in tasks if task in done]
    if not sum(len(done[task].time_s) for task in used):
        parts.discard()
        raise InputError(_none_used([done[task] for task in used], sentences))
    data = joined([done[task] for task in used], _people(used, settings.people), settings.licence)
    data.save(settings.out)
    parts.discard()
    return GatherReport(data, sentences)


def _none_used(parts: Sequence[Gathered], unreadable: Sequence[str]) -> str:
    """Return the sentence for clips without any usable frame, with the reasons."""
    counts = [sum(part.left_out[0, index] for part in parts) for index in range(len(REASONS))]
    why = [f"{count} {reason}" for reason, count in zip(REASONS, counts, strict=True) if count]
    frames = f": {', '.join(why)}." if why else "."
    return " ".join(["None of the clips holds a frame that can be used" + frames, *unreadable[:1]])


def _check_output(settings: GatherSettings) -> None:
    out = settings.out
    if out.suffix.lower() != ".npz":
        raise OutputError(f"{out} should end in .npz, received {out.suffix!r}.")
    given = (*(Given("the clip", clip) for clip in settings.clips), *given_bundle(settings.landmarker))
    check_outputs(files=[out], given=given, replace=settings.replace)


def _frame_counts(clips: Sequence[Path]) -> tuple[dict[Path, int], dict[Path, str]]:
    """Return the number of frames that each readable clip states, and a sentence for each other clip."""
    stated: dict[Path, int] = {}
    unreadable: dict[Path, str] = {}
    for clip in clips:
        try:
            stated[clip] = frame_count(clip)
        except SourceError as error:
            unreadable[clip] = str(error)
    return stated, unreadable


def _outcomes(tasks: Sequence[ClipTask], settings: GatherSettings) -> Iterable[Outcome]:
    if not tasks:
        return ()
    if settings.scheduler is not None:
        return on_cluster(tasks, settings.scheduler)
    return in_processes(tasks, settings.jobs or os.cpu_count() or 1)


def _shown(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    """Yield the outcomes, with a progress bar on stderr where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("clips", total=total)
        for task, result in outcomes:
            progress.update(bar, advance=1, description=escape(printable(task.clip.stem)))
            yield task, result


def _people(tasks: Sequence[ClipTask], by: str) -> list[int]:
    """Return the index of the person in each clip."""
    keys = [task.clip if by == CLIP else task.clip.parent for task in tasks]
    order = {key: index for index, key in enumerate(dict.fromkeys(keys))}
    return [order[key] for key in keys]
