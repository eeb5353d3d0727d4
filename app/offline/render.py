"""Render a source to a file: headless, deterministic, every frame."""

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
from app.pipeline.backdrop import backdrop
from app.pipeline.outputs import check_outputs
from app.pipeline.outputs.given import given_profile, given_source
from app.pipeline.prefetch import Prefetch
from app.pipeline.resample import resample
from app.pipeline.settings import ModelSettings
from app.pipeline.whole_source import has_pictures, observe_source, open_whole_source
from app.recording import open_writer
from app.recording.opening import file_or_folder, notes_on
from app.recording.rates import playable_rate
from app.sources import Source
from app.system.few_cores import take_turns_often
from app.system.terminal import watched
from flame_model.errors import InputError
from flame_model.notices import Say
from mappings.motion.placement import Placement
from render.look import Background
from render.offscreen_renderer import OffscreenRenderer

AHEAD = 8
"""Frames tracked ahead of the drawing: enough to smooth both, few enough to hold in memory."""
UNKNOWN_FPS = 30.0
TRANSPARENT_SUFFIXES = (".png",)
OPAQUE_SUFFIXES = (".mp4",)


@dataclass(frozen=True, slots=True)
class RenderSettings(ModelSettings):
    """Hold what `flame-cam render` was asked for."""

    source: str
    out: Path
    profile: str | None = None
    """Name of what is known of the person."""
    smoothing: float | None = None
    """0 (off) to 1, None for the light default."""
    size: tuple[int, int] = (512, 512)
    """(W, H) pixels of the head's picture."""
    fps: float | None = None
    """Resample to this rate; None takes the source's, which keeps every frame where its steps are even."""
    frames: int | None = None
    side_by_side: bool = False
    background: str | None = None
    """As `Background.parse` reads it; None for the format's own."""
    replace: bool = True
    """False asks a person at a terminal before an older output goes."""


def render_file(settings: RenderSettings, say: Say) -> FileReport:
    """Render `settings.source` to `settings.out`; an interruption leaves a playable file.

    A failure leaves an older output as it was.

    Raises InputError (source, output, head, mapping, background), TrackerBundleError or GraphicsError.
    """
    _check_output(settings)
    take_turns_often()
    animated = settings.animated_head(say)
    driver = animated.driver(Placement(), settings.smoothing, named_profile(settings.profile, say))
    background = _background(settings)
    width, height = settings.size
    with ExitStack() as stack:
        source = stack.enter_context(
            open_whole_source(settings.source, settings.frames, backdrop(background))
        )
        if settings.side_by_side and not has_pictures(source):
            raise InputError(f"--side-by-side needs pictures, and {source.name} is a take without them.")
        canvas = (2 * width, height) if settings.side_by_side else (width, height)
        fps = settings.fps or playable_rate(settings.out, source.fps or UNKNOWN_FPS)
        for note in notes_on(settings.out, canvas):
            say(note)
        writer = stack.enter_context(open_writer(settings.out, canvas, fps, alpha=background.alpha < 1.0))
        seen = observe_source(source, settings.landmarker, say, settings.zoom)
        # Started before the renderer: MediaPipe's import and the shaders' compilation overlap.
        animated_frames = Prefetch(animate(seen, driver), AHEAD)
        stack.enter_context(closing(animated_frames))
        renderer = stack.enter_context(OffscreenRenderer(animated.head, settings.size, background=background))
        lost = 0
        for animated_frame in _shown(resample(animated_frames, fps, lambda: source.last_s), source, settings):
            lost += animated_frame.observation is None
            picture = renderer.draw(animated_frame.params)
            if settings.side_by_side and animated_frame.image is not None:
                picture = beside(animated_frame.image, picture)
            writer.add(picture)
    return FileReport(settings.out, writer.frames, lost)


def render(source: str | Path, out: str | Path, *, say: Say = lambda _: None, **settings: Any) -> FileReport:
    """Render `source` to `out`, with the fields of `RenderSettings` by keyword: `head="me"`, `fps=20.0`.

    Raises what `render_file` raises.
    """
    return render_file(RenderSettings(source=str(source), out=Path(out), **settings), say)


def _check_output(settings: RenderSettings) -> None:
    """Raise OutputError where the output may not be written."""
    files, folders = file_or_folder(settings.out)
    given = (*given_source(settings.source), *given_profile(settings.profile), *settings.given())
    check_outputs(files=files, folders=folders, given=given, replace=settings.replace)


def _background(settings: RenderSettings) -> Background:
    suffix = settings.out.suffix.lower()
    # Beside a person, who is opaque, a head without a ground would be half a picture.
    own = "transparent" if suffix in TRANSPARENT_SUFFIXES and not settings.side_by_side else "studio"
    background = Background.parse(settings.background or own)
    if background.alpha < 1.0 and suffix in OPAQUE_SUFFIXES:
        raise InputError(
            f"{suffix} cannot hold a transparent background; use .png, .webp or .gif, or a colour."
        )
    return background


def _shown(
    animated_frames: Iterator[AnimatedFrame], source: Source, settings: RenderSettings
) -> Iterator[AnimatedFrame]:
    """Yield what is drawn, with a progress bar where somebody watches."""
    total = settings.frames or (source.frame_count if settings.fps is None else None)
    return watched(islice(animated_frames, settings.frames), total)
