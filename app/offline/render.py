"""Render every frame of a source to a file, without a display (`flame-cam render`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from app.model.profiles import named_profile
from app.offline.file_report import FileReport
from app.offline.side_by_side import beside
from app.pipeline.animated_frames import AnimatedFrame, animate
from app.pipeline.backgrounds import Backgrounds, backdrop_of, open_backgrounds, shows_source
from app.pipeline.outputs import check_outputs
from app.pipeline.outputs.input_files import given_background, given_profile, given_source
from app.pipeline.placing import framed_placement
from app.pipeline.prefetch import Prefetch
from app.pipeline.resample import resample
from app.pipeline.settings import DrawnSettings
from app.pipeline.whole_source import has_pictures, observe_source, open_whole_source
from app.recording import open_writer
from app.recording.output_format import (
    bytes_in,
    file_or_folder,
    holds_alpha,
    holds_sound,
    notes_on,
    playable_rate,
    suffix_of,
)
from app.sources import Source
from app.system.terminal import with_progress_bar
from app.system.tuning import take_turns_often
from flame_model.errors import InputError, OutputError
from flame_model.notices import Say
from flame_model.paint.hair.styles import NONE
from render.framing import Framing
from render.framing_names import DEFAULT_FRAMING
from render.looks.names import check_look
from render.offscreen_renderer import OffscreenRenderer
from render.scene.environment_names import check_environment
from render.scene.environments import environment

AHEAD = 8
"""Frames tracked ahead of the drawing: enough to even out both, few enough to keep in memory."""
UNKNOWN_FPS = 30.0
"""Rate of the output where the source does not state its own."""
TRANSPARENT_SUFFIXES = (".png",)


@dataclass(frozen=True, slots=True)
class RenderSettings(DrawnSettings):
    """The settings of `flame-cam render`."""

    source: str
    out: Path
    profile: str | None = None
    """Name of the person's profile."""
    smoothing: float | None = None
    """0 (off) to 1, None for the light default."""
    size: tuple[int, int] = (512, 512)
    """(W, H) of the head's picture, pixels."""
    fps: float | None = None
    """Rate to resample to; None for the source's own, which keeps every frame where its steps are even."""
    frames: int | None = None
    """Stop after this many; None for all."""
    side_by_side: bool = False
    """Draw the person's picture on the left of the head."""
    background: str | None = None
    """What `open_backgrounds` accepts; None for the default of the output's format."""
    framing: str = DEFAULT_FRAMING
    """One of `FRAMING_NAMES`."""
    gif_mb: float | None = None
    """Largest size of a GIF in megabytes; None: as large as it becomes."""
    replace: bool = True
    """False asks a person at a terminal before an existing output is overwritten."""


def render_file(settings: RenderSettings, say: Say) -> FileReport:
    """Render `settings.source` to `settings.out`.

    An interruption leaves a playable file with the frames so far; a failure leaves an existing output as it
    was. Raises InputError (source, output, head, mapping, background), TrackerBundleError or GraphicsError.
    """
    check_look(settings.look)
    check_environment(settings.environment)
    _check_output(settings)
    take_turns_often()
    animated = settings.animated_head(say, hair=NONE)
    shown = settings.drawn_head(animated.head, say)
    lighting = environment(settings.environment)
    framing = Framing.named(settings.framing)
    placement = framed_placement(shown, framing)
    driver = animated.driver(
        placement,
        settings.smoothing,
        named_profile(settings.profile, say),
        adjustments=settings.adjustments(),
    )
    text = _background_text(settings)
    width, height = settings.size
    with ExitStack() as stack:
        backgrounds = stack.enter_context(open_backgrounds(text))
        _require_alpha(settings.out, backgrounds)
        source = stack.enter_context(open_whole_source(settings.source, settings.frames, backdrop_of(text)))
        for needed, option in (
            (settings.side_by_side, "--side-by-side"),
            (shows_source(text), f"--background {text}"),
        ):
            if needed and not has_pictures(source):
                raise InputError(
                    f"{source.name} is a take without pictures, and {option} needs them; name a clip."
                )
        canvas = (2 * width, height) if settings.side_by_side else (width, height)
        fps = settings.fps or playable_rate(settings.out, source.fps or UNKNOWN_FPS)
        for note in notes_on(settings.out, canvas):
            say(note)
        writer = stack.enter_context(
            open_writer(
                settings.out,
                canvas,
                fps,
                alpha=backgrounds.now.alpha < 1.0,
                gif_bytes=bytes_in(settings.gif_mb),
                sound=source.sound() if holds_sound(settings.out) else None,
                say=say,
            )
        )
        observed_frames = observe_source(source, settings.landmarker, say, settings.zoom)
        # The thread starts before the renderer, so that MediaPipe's import and compiling shaders overlap.
        frames = Prefetch(animate(observed_frames, driver), AHEAD)
        stack.enter_context(closing(frames))
        renderer = stack.enter_context(
            OffscreenRenderer(shown, settings.size, lighting=lighting, framing=framing, look=settings.look)
        )
        lost = 0
        for frame in _shown(resample(frames, fps, lambda: source.last_s), source, settings):
            lost += frame.observation is None
            backgrounds.see(frame.image)
            backgrounds.advance(writer.frames / fps)
            renderer.background = backgrounds.now
            picture = renderer.draw(frame.params)
            if settings.side_by_side and frame.image is not None:
                picture = beside(frame.image, picture)
            writer.add(picture)
    return FileReport(settings.out, writer.frames, lost)


def render(source: str | Path, out: str | Path, *, say: Say = lambda _: None, **settings: Any) -> FileReport:
    """Render `source` to `out` as `flame-cam render` does, and return how many frames it wrote.

        report = render("clip.mp4", "out.gif", head="me", size=(360, 360), fps=20.0)
        report.frames, report.lost  # number of frames written, and of those without a face

    `settings` are the fields of `RenderSettings`, named like the command's options: head, mapping, identity,
    solver, landmarker, zoom, hair, skin, eyes, brows, hair_color, profile, smoothing, strengths, size, fps,
    frames, side_by_side, background, framing, look, environment, gif_mb and replace; files and folders are
    Paths, and strengths are pairs such as ("mouth", 1.2). Notices go to `say`, one sentence each. An existing
    output is replaced. Raises InputError, TrackerBundleError or GraphicsError as `render_file` does.
    """
    return render_file(RenderSettings(source=str(source), out=Path(out), **settings), say)


def _check_output(settings: RenderSettings) -> None:
    """Raise OutputError where the output cannot be written or is an input, or is no GIF with `gif_mb`."""
    if settings.gif_mb is not None and suffix_of(settings.out) != ".gif":
        raise OutputError(
            f"--gif-mb limits GIFs only, and {settings.out} is none; name a .gif or leave it out."
        )
    files, folders = file_or_folder(settings.out)
    given = (
        *given_source(settings.source),
        *given_background(settings.background),
        *given_profile(settings.profile),
        *settings.given(),
    )
    check_outputs(files=files, folders=folders, given=given, replace=settings.replace)


def _background_text(settings: RenderSettings) -> str:
    """Return the background that was asked for, or the usual one of the output's format."""
    suffix = settings.out.suffix.lower()
    # Beside the person's picture, which is opaque, a transparent head would look unfinished.
    own = "transparent" if suffix in TRANSPARENT_SUFFIXES and not settings.side_by_side else "studio"
    return settings.background or own


def _require_alpha(out: Path, backgrounds: Backgrounds) -> None:
    """Raise InputError where a transparent background could not be written."""
    if backgrounds.now.alpha < 1.0 and not holds_alpha(out):
        raise InputError(
            f"{out} cannot hold a transparent background; use .webm, .png, .webp or .gif, or a colour."
        )


def _shown(
    frames: Iterator[AnimatedFrame], source: Source, settings: RenderSettings
) -> Iterator[AnimatedFrame]:
    """Yield the frames to draw, with a progress bar on a terminal."""
    total = settings.frames or (source.frame_count if settings.fps is None else None)
    return with_progress_bar(islice(frames, settings.frames), total)
