"""Play clips on a head: drive and draw it to videos, and read the videos as those of a person are read."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from app.evaluating.observed_clips import ObservedClip, TrackedVideo, track_video
from app.model.animated_head import AnimatedHead
from app.recording import open_writer
from app.system.terminal import watched
from flame_model.params import HeadParams
from mappings.motion.driver import Driver
from mappings.motion.placement import Placement
from mappings.person.profile import Profile
from render.offscreen_renderer import OffscreenRenderer

SIZE = (512, 512)
"""(W, H) pixels of the drawing, as `flame-cam render` draws by default."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Name one way of driving a head."""

    name: str
    animated: AnimatedHead
    smoothing: float | None = None
    """0 (off) to 1, None for the light default."""
    profile: Profile | None = None
    """What is known of the person."""

    def driver(self) -> Driver:
        """Return a new driver on a stage of its own."""
        return self.animated.driver(Placement(), self.smoothing, self.profile)

    def unsmoothed(self) -> Variant:
        """Return the same without smoothing."""
        return replace(self, smoothing=0.0)

    def mirrored(self) -> Variant:
        """Return the same for the person as the mirror shows them."""
        return replace(self, profile=self.profile and self.profile.mirrored())


@dataclass(frozen=True, slots=True)
class DrivenClip:
    """Hold what a head did in the frames of a clip."""

    clip: ObservedClip
    params: tuple[HeadParams, ...]
    head: TrackedVideo
    """What the tracker read on the drawing."""


def drive_clips(
    clips: Sequence[ObservedClip], variants: Sequence[Variant], bundle: Path
) -> list[tuple[Variant, DrivenClip]]:
    """Play every clip in every way on the one head of the variants: all clips in one way, then in the next.

    Videos are read while the next ones are drawn. They go through the very video that `flame-cam render`
    writes, because its losses count too: they changed r by +0.002 and -0.004 on two clips and the error by
    up to 0.0014. Raises GraphicsError.
    """
    with (
        TemporaryDirectory() as folder,
        ThreadPoolExecutor(1) as reader,
        OffscreenRenderer(variants[0].animated.head, SIZE) as renderer,
    ):
        filmed = []
        for number, (variant, clip) in enumerate(product(variants, clips)):
            video = Path(folder) / f"{number}.mp4"
            params = _film(clip, variant, renderer, video)
            filmed.append((variant, clip, params, reader.submit(track_video, str(video), bundle)))
        return [(way, DrivenClip(clip, params, reading.result())) for way, clip, params, reading in filmed]


def _film(
    clip: ObservedClip, variant: Variant, renderer: OffscreenRenderer, video: Path
) -> tuple[HeadParams, ...]:
    """Write a clip as the head plays it and return what moved the head."""
    driver = variant.driver()
    moments = zip(clip.driving, clip.times, strict=True)
    bar = watched(moments, len(clip.times), title=f"{variant.name}: {clip.name}")
    with open_writer(video, SIZE, clip.fps, alpha=False) as writer:
        params = []
        for observation, time_s in bar:
            params.append(driver.follow(observation, float(time_s)))
            writer.add(renderer.draw(params[-1]))
    return tuple(params)
