"""Drive a head with clips, draw it to videos, and track the videos like those of a person."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from app.evaluating.observed_clips import ObservedClip, TrackedVideo, track_video
from app.model.animated_head import AnimatedHead
from app.pipeline.placing import framed_placement
from app.recording import open_writer
from app.system.terminal import with_progress_bar
from flame_model.params import HeadParams
from mappings.motion.driver import Driver
from mappings.person.profile import Profile
from render.offscreen_renderer import OffscreenRenderer

SIZE = (512, 512)
"""(W, H) pixels of the drawing, the default of `flame-cam render`."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A setup that drives a head: a solver, a smoothing and a profile."""

    name: str
    """Name of the solver."""
    animated: AnimatedHead
    smoothing: float | None = None
    """0 (off) to 1, None for the light default."""
    profile: Profile | None = None
    """The person's profile."""

    def driver(self) -> Driver:
        """Return a new driver of the head in the scene."""
        return self.animated.driver(framed_placement(self.animated.head), self.smoothing, self.profile)

    def unsmoothed(self) -> Variant:
        """Return this variant without smoothing."""
        return replace(self, smoothing=0.0)

    def mirrored(self) -> Variant:
        """Return this variant for the mirrored person."""
        return replace(self, profile=self.profile and self.profile.mirrored())


@dataclass(frozen=True, slots=True)
class DrivenClip:
    """A clip with the head that it drove."""

    clip: ObservedClip
    params: tuple[HeadParams, ...]
    """The head's parameters in the clip's frames."""
    head: TrackedVideo
    """What the tracker observed in the drawing."""


def drive_clips(
    clips: Sequence[ObservedClip], variants: Sequence[Variant], bundle: Path
) -> list[tuple[Variant, DrivenClip]]:
    """Drive the one head of `variants` with every clip: all clips in the first variant, then in the next.

    A drawing is tracked in the H.264 video that `flame-cam render` writes, because compression losses are
    part of the measurement: they changed r by +0.002 and -0.004 on two clips and the error by up to 0.0014.
    Videos are tracked while the next ones are drawn. Raises GraphicsError.
    """
    with (
        TemporaryDirectory() as folder,
        ThreadPoolExecutor(1) as tracking,
        OffscreenRenderer(variants[0].animated.head, SIZE) as renderer,
    ):
        drawn = []
        for number, (variant, clip) in enumerate(product(variants, clips)):
            video = Path(folder) / f"{number}.mp4"
            params = _draw_video(clip, variant, renderer, video)
            drawn.append((variant, clip, params, tracking.submit(track_video, str(video), bundle)))
        return [(variant, DrivenClip(clip, params, head.result())) for variant, clip, params, head in drawn]


def _draw_video(
    clip: ObservedClip, variant: Variant, renderer: OffscreenRenderer, video: Path
) -> tuple[HeadParams, ...]:
    """Write the video of the head driven by a clip; return the head's parameters."""
    driver = variant.driver()
    frames = zip(clip.driving, clip.times, strict=True)
    bar = with_progress_bar(frames, len(clip.times), title=f"{variant.name}: {clip.name}")
    with open_writer(video, SIZE, clip.fps, alpha=False) as writer:
        params = []
        for observation, time_s in bar:
            params.append(driver.follow(observation, float(time_s)))
            writer.add(renderer.draw(params[-1]))
    return tuple(params)
