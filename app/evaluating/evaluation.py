"""Evaluate ways of driving a head over clips: from settings to numbers and what the report shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.cast import SOLVERS
from app.evaluating.face_points import FacePoints
from app.evaluating.head_measures import HeadMeasures, measure
from app.evaluating.playing import Played, Variant, play
from app.evaluating.round_trip import RoundTrip, compare
from app.evaluating.watching import Clip, watch
from app.few_cores import share_few_cores
from app.identity import landmark_places
from app.model_settings import ModelSettings
from app.outputs import check_outputs
from app.outputs.given import given_profile, given_source
from app.profiles import named_profile
from app.whole_source import Say
from mappings.bundle import locate_bundle
from mappings.tracking.zoom import Zoom


@dataclass(frozen=True, slots=True)
class EvaluateSettings(ModelSettings):
    """Hold what `flame-cam mapping evaluate` was asked for."""

    clips: tuple[str, ...]
    profile: str | None = None
    smoothing: float | None = None
    """0 to 1, None for the default."""
    frames: int | None = None
    out: Path | None = None
    """The report to write."""
    replace: bool = True
    """False asks a person at a terminal before an older file goes."""

    def check_output(self) -> None:
        """Raise OutputError where the report may not be written."""
        if self.out is not None:
            clips = [each for clip in self.clips for each in given_source(clip)]
            given = (*clips, *given_profile(self.profile), *self.given())
            check_outputs(files=[self.out], given=given, replace=self.replace)


@dataclass(frozen=True, slots=True)
class Result:
    """Hold how one variant did on one clip."""

    played: Played
    trip: RoundTrip
    measures: HeadMeasures


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold how every variant of a head did on every clip."""

    head: str
    mapping: str
    clips: tuple[Clip, ...]
    results: dict[str, tuple[Result, ...]]
    """By variant; in the order of the clips."""


def evaluate(settings: EvaluateSettings, say: Say) -> Evaluation:
    """Evaluate every way of driving a head; raises InputError, TrackerBundleError or GraphicsError."""
    share_few_cores()
    variants = variants_of(settings, say)
    head = variants[0].cast.head
    if landmark_places(head) is None:
        say(
            f"the head {head.name} has no landmarks, so that jitter, bias and asymmetry stay unknown; "
            f"find them with: flame-cam heads add {settings.head}"
        )
    bundle = locate_bundle(settings.landmarker)
    clips = watch_all(settings.clips, bundle, settings.frames, say, settings.zoom)
    return evaluate_variants(variants, clips, bundle)


def variants_of(settings: EvaluateSettings, say: Say) -> list[Variant]:
    """Return the ways of driving the head that are compared; raises InputError."""
    cast = settings.cast(say)
    names = SOLVERS if cast.response and settings.solver is None else (cast.solver,)
    profile = named_profile(settings.profile, say)
    return [Variant(name, replace(cast, solver=name), settings.smoothing, profile) for name in names]


def watch_all(
    specs: Sequence[str], bundle: Path, frames: int | None, say: Say, zoom: Zoom | None = None
) -> tuple[Clip, ...]:
    """Track every clip."""
    return tuple(watch(spec, bundle, frames, say, zoom) for spec in specs)


def evaluate_variants(variants: Sequence[Variant], clips: tuple[Clip, ...], bundle: Path) -> Evaluation:
    """Play the clips on every variant of one head and say how each did."""
    cast = variants[0].cast
    points = FacePoints.of(cast.head)
    results: dict[str, tuple[Result, ...]] = {variant.name: () for variant in variants}
    for variant, played in play(clips, variants, bundle):
        trip = compare(played.clip.person.observations, played.head.observations)
        results[variant.name] += (Result(played, trip, measure(played, variant, points)),)
    return Evaluation(cast.head.name, cast.mapping.name, clips, results)
