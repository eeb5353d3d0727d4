"""Every command that writes files: its arguments, and how a test makes its work fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from flame_model.errors import GraphicsError
from tests.synthetic_response import synthetic_response

ASSETS = Path(str(files("assets")))
OLDER = b"an older output, dear to somebody"


@dataclass
class Trouble:
    """An error that is raised at step number `at` of the work; None for none."""

    error: BaseException | None = None
    at: int = 1
    steps: int = 0

    def step(self) -> None:
        """Count one step of the work."""
        self.steps += 1
        if self.error is not None and self.steps == self.at:
            raise self.error


@dataclass(frozen=True)
class Command:
    """A command's arguments, and what replaces its slow parts."""

    arguments: Callable[[Path, Path], list[str]]
    """Returns the arguments for a source and an output."""
    fake: Callable[[pytest.MonkeyPatch, Trouble], None]
    source: str = "take.npz"
    """Name of the file that the command reads, in the test's folder."""
    out: str = "out.npz"
    folder: bool = False
    """True where the output is a folder."""
    wrong: tuple[str, ...] = ("--head", "words.npz")
    """An option with an unusable value."""
    wrong_bundle: tuple[str, ...] = ("--landmarker", "words.npz")
    """An unusable bundle; another unusable option where the command takes no bundle."""
    other_kind: str | None = None
    """An output that the command cannot write because of its suffix, for example."""
    ends_by_ctrl_c: bool = False
    """True where Ctrl-C is one of the ordinary ways to end it."""
    keeps_interrupted: bool = False
    """True where an interruption leaves what was written so far, once there is something."""


class FakeRenderer:
    """A renderer that draws grey pictures."""

    def __init__(self, trouble: Trouble, size: tuple[int, int]) -> None:
        self.trouble, self.size = trouble, size

    def draw(self, _: object) -> np.ndarray:
        """Return the next picture."""
        self.trouble.step()
        return np.full((self.size[1], self.size[0], 4), 40 * self.trouble.steps % 256, dtype=np.uint8)


def fake_render(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    @contextmanager
    def renderer(_head: object, size: tuple[int, int], **_: object) -> Iterator[FakeRenderer]:
        trouble.step()
        yield FakeRenderer(trouble, size)

    patch.setattr("app.offline.render.OffscreenRenderer", renderer)


def observing(trouble: Trouble) -> Callable[..., Iterator[Any]]:
    """Return `observe_source` in which every frame is a step."""
    from app.pipeline.whole_source import observe_source

    def observed(*arguments: Any) -> Iterator[Any]:
        for item in observe_source(*arguments):
            trouble.step()
            yield item

    return observed


def fake_track(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    patch.setattr("app.offline.track.observe_source", observing(trouble))


def fake_gather(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    from app.training.gathering.clip import gather_clip

    def here(tasks: Any, _jobs: int) -> Iterator[Any]:
        for task in tasks:
            trouble.step()
            yield task, gather_clip(task)

    patch.setattr("app.training.gathering.gather.in_processes", here)


def stepping(trouble: Trouble, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` with a step counted before each call."""

    def stepped(*arguments: Any, **named: Any) -> Any:
        trouble.step()
        return function(*arguments, **named)

    return stepped


def fake_fit(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    from app.training.mapping import fit

    for name in ("solved_targets", "make_sample", "fit_ridge"):
        patch.setattr(fit, name, stepping(trouble, getattr(fit, name)))


def fake_plot(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    def draw(*arguments: Any) -> None:
        trouble.step()
        arguments[-1].write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))

    patch.setattr("app.training.plotting.distributions.draw_distribution", draw)
    patch.setattr("app.training.plotting.displacement.draw_displacements", draw)
    patch.setattr("app.training.plotting.displacement.signal_displacements", lambda *_: None)


def fake_respond(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    def measured(animated: Any, *_: Any) -> Any:
        for _step in range(4):
            trouble.step()
        return synthetic_response(animated.mapping)

    patch.setattr("app.training.response.measure_response.measure_response", measured)


def fake_evaluate(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    from app.evaluating import evaluation

    def evaluated(*_: Any) -> Any:
        for _step in range(3):
            trouble.step()
        return SimpleNamespace(clips=(), results={}, head="a head", mapping="its own")

    patch.setattr(evaluation, "evaluate_variants", evaluated)
    patch.setattr(evaluation, "observe_clips", stepping(trouble, evaluation.observe_clips))


def fake_takes(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    from app.offline.takes import cutting

    for name in ("load_whole_take", "cut_take", "join_takes"):
        patch.setattr(cutting, name, stepping(trouble, getattr(cutting, name)))
    patch.setattr(cutting, "save_take", stepping(trouble, cutting.save_take))


def fake_calibrate(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    patch.setattr("app.calibrating.calibrate.observe_source", observing(trouble))


def fake_heads_fit(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    from app.heads import fitting

    def no_change(shape: Any, *_: Any) -> Any:
        return SimpleNamespace(
            coefficients=np.zeros(shape.basis.shape[2]), residual=np.zeros_like(shape.rest)
        )

    patch.setattr(fitting, "observe_person", stepping(trouble, fitting.observe_person))
    patch.setattr(fitting, "fit_identity", stepping(trouble, no_change))
    patch.setattr(fitting, "write_picture", stepping(trouble, lambda *_: None))


def fake_heads_add(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    """Keep the imported head as it is, in three steps."""
    from app.heads.importing import adding
    from flame_model.files.head_file import save_head
    from flame_model.find_heads import HEAD_FILE

    def prepare(_: str, work: Any) -> Any:
        trouble.step()
        trouble.step()
        save_head(work.imported.head, work.folder / HEAD_FILE)
        trouble.step()
        return work.imported.head

    patch.setattr(adding, "prepare_head", prepare)


def fake_live(patch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    """Let the window fail to open, before which nothing is recorded."""

    def window(*_: Any, **__: Any) -> None:
        for _step in range(3):
            trouble.step()
        raise GraphicsError("There is no window here.")

    patch.setattr("app.live.sources.shown_window.Window", window)


def render(out: str, **changes: Any) -> Command:
    """Return the command that renders to `out`."""
    return Command(
        lambda source, out: ["render", str(source), str(out), "--size", "32x32", "--frames", "8"],
        fake_render,
        out=out,
        other_kind="out.avi",
        keeps_interrupted=True,
        **changes,
    )


COMMANDS = {
    "render-mp4": render("out.mp4"),
    "render-gif": render("out.gif"),
    "render-webp": render("out.webp"),
    "render-png": render("out.png"),
    "render-folder": render("frames", folder=True),
    "track-npz": Command(lambda source, out: ["track", str(source), str(out)], fake_track),
    "track-csv": Command(lambda source, out: ["track", str(source), str(out)], fake_track, out="out.csv"),
    "record": Command(
        lambda source, out: ["--source", str(source), "--record", str(out)],
        fake_live,
        out="run.mp4",
        ends_by_ctrl_c=True,
        other_kind="run.avi",
        wrong=("--background", "mauve"),
    ),
    "stats": Command(
        lambda source, out: ["--source", str(source), "--stats", str(out)],
        fake_live,
        out="stats.json",
        ends_by_ctrl_c=True,
        wrong=("--background", "mauve"),
    ),
    "gather": Command(
        lambda source, out: ["mapping", "gather", str(source), "second.npz", "third.npz", "--out", str(out)],
        fake_gather,
        wrong=("--people", "house"),
    ),
    "fit": Command(
        lambda source, out: ["mapping", "fit", str(source), "--out", str(out)],
        fake_fit,
        source="data.npz",
        out="mine",
        folder=True,
        wrong=("--labels", "words.npz"),
        wrong_bundle=("--head", "words.npz"),
    ),
    "plot": Command(
        lambda source, out: ["mapping", "plot", str(source), "--out", str(out)],
        fake_plot,
        source="data.npz",
        out="plots",
        folder=True,
        wrong=("--mapping", "nowhere"),
        wrong_bundle=("--head", "words.npz"),
    ),
    "respond": Command(
        lambda source, out: [
            "mapping",
            "respond",
            "--head",
            str(source),
            "--mapping",
            "map",
            "--out",
            str(out),
        ],
        fake_respond,
        source="head.npz",
        wrong=("--mapping", "nowhere"),
    ),
    "takes-cut": Command(
        lambda source, out: ["takes", "cut", str(source), "--out", str(out)],
        fake_takes,
        wrong=("--from", "900"),
        wrong_bundle=("--to", "0"),
        other_kind="out.mp4",
    ),
    "takes-join": Command(
        lambda source, out: ["takes", "join", str(source), "second.npz", "--out", str(out)],
        fake_takes,
        wrong=("--from", "900"),
        wrong_bundle=("--to", "0"),
        other_kind="out.mp4",
    ),
    "evaluate": Command(
        lambda source, out: ["mapping", "evaluate", str(source), "--out", str(out)],
        fake_evaluate,
        out="report.html",
    ),
    "calibrate": Command(
        lambda source, _: ["calibrate", "--source", str(source), "--profile", "me"],
        fake_calibrate,
        out="config/profiles/me.toml",
        wrong=("--profile", "a/b"),
    ),
    "heads-fit": Command(
        lambda source, _: ["heads", "fit", str(source), "--name", "me"],
        fake_heads_fit,
        out="cache/heads/me",
        folder=True,
    ),
    "heads-add": Command(
        lambda source, _: ["heads", "add", str(source), "--name", "me"],
        fake_heads_add,
        source="head.npz",
        out="cache/heads/me",
        folder=True,
        wrong=("--edition", "2020"),
        wrong_bundle=("--name", "a/b"),
    ),
}
