"""Evaluate a head over clips: track them, drive the head with every solver and measure the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.evaluating.appearance.compare import Appearance, compare_appearance
from app.evaluating.driving import DrivenClip, Variant, drive_clips
from app.evaluating.face_points import FacePoints
from app.evaluating.head_measures import HeadMeasures, measure
from app.evaluating.observed_clips import ObservedClip, observe_clip
from app.evaluating.round_trip import RoundTrip, compare
from app.model.identity import landmark_places
from app.model.profiles import named_profile
from app.model.solvers import SOLVERS
from app.pipeline.outputs import check_outputs
from app.pipeline.outputs.input_files import given_profile, given_source
from app.pipeline.settings import ModelSettings
from app.system.tuning import share_few_cores
from flame_model.notices import Say
from mappings.tracking.landmarker_bundle import locate_bundle
from mappings.tracking.views.zoom import Zoom


@dataclass(frozen=True, slots=True)
class EvaluateSettings(ModelSettings):
    """The settings of `flame-cam mapping evaluate`."""

    clips: tuple[str, ...]
    """Sources: clips or takes."""
    profile: str | None = None
    """Name of the person's profile."""
    smoothing: float | None = None
    """0 (off) to 1, None for the light default."""
    frames: int | None = None
    """Number of frames of each clip that are used, None for all."""
    out: Path | None = None
    """The HTML report to write, None for none."""
    replace: bool = True
    """Whether an older file is replaced without asking the person at the terminal."""

    def check_output(self) -> None:
        """Raise OutputError where the report cannot be written or is an input."""
        if self.out is not None:
            clips = [each for clip in self.clips for each in given_source(clip)]
            given = (*clips, *given_profile(self.profile), *self.given())
            check_outputs(files=[self.out], given=given, replace=self.replace)


@dataclass(frozen=True, slots=True)
class Result:
    """The measurements of one variant on one clip."""

    driven: DrivenClip
    trip: RoundTrip
    appearance: Appearance
    measures: HeadMeasures


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measurements of every variant of a head on every clip."""

    head: str
    """The head's name."""
    mapping: str
    """The mapping's name."""
    clips: tuple[ObservedClip, ...]
    results: dict[str, tuple[Result, ...]]
    """By the variant's name, in the order of the clips."""


def evaluate(settings: EvaluateSettings, say: Say) -> Evaluation:
    """Evaluate every variant of a head. Raises InputError, TrackerBundleError or GraphicsError."""
    share_few_cores()
    variants = variants_of(settings, say)
    head = variants[0].animated.head
    if landmark_places(head) is None:
        say(
            f"the landmarks of the head {head.name} are unknown, so jitter, bias and asymmetry are left out; "
            f"add the head to find them: flame-cam heads add {settings.head}"
        )
    bundle = locate_bundle(settings.landmarker)
    clips = observe_clips(settings.clips, bundle, settings.frames, say, settings.zoom)
    return evaluate_variants(variants, clips, bundle)


def variants_of(settings: EvaluateSettings, say: Say) -> list[Variant]:
    """Return the variants to compare: all solvers that the head allows, or the one that was set.

    Raises InputError.
    """
    animated = settings.animated_head(say)
    names = SOLVERS if animated.response and settings.solver is None else (animated.solver,)
    profile = named_profile(settings.profile, say)
    return [Variant(name, replace(animated, solver=name), settings.smoothing, profile) for name in names]


def observe_clips(
    specs: Sequence[str], bundle: Path, frames: int | None, say: Say, zoom: Zoom | None = None
) -> tuple[ObservedClip, ...]:
    """Track every clip. Raises InputError or SourceError."""
    return tuple(observe_clip(spec, bundle, frames, say, zoom) for spec in specs)


def evaluate_variants(
    variants: Sequence[Variant], clips: tuple[ObservedClip, ...], bundle: Path
) -> Evaluation:
    """Drive every variant of one head with the clips, and measure it."""
    animated = variants[0].animated
    points = FacePoints.of(animated.head)
    results: dict[str, tuple[Result, ...]] = {variant.name: () for variant in variants}
    for variant, driven in drive_clips(clips, variants, bundle):
        person, head = driven.clip.person.observations, driven.head.observations
        results[variant.name] += (
            Result(
                driven,
                compare(person, head),
                compare_appearance(person, head),
                measure(driven, variant, points),
            ),
        )
    return Evaluation(animated.head.name, animated.mapping.name, clips, results)
