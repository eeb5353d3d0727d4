"""Fit a mapping to gathered data for a head and write its folder (`flame-cam mapping fit`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from app.model.animated_head import AnimatedHead
from app.pipeline.outputs import check_outputs
from app.pipeline.outputs.input_files import given_files, given_head
from app.training.choices import MLP, RIDGE
from app.training.mapping.ridge_fit import RidgeFit, fit_ridge
from app.training.mapping.sample import Sample, make_sample
from app.training.mapping.targets import Targets, labelled_targets, solved_targets
from flame_model.errors import InputError
from flame_model.notices import Say
from mappings.evenness import even_scores
from mappings.records.gathered import load_gathered
from mappings.scores.mapping_card import FitRecord, MappingCard
from mappings.scores.mapping_folder import folder_arrays, require_own_mapping, write_mapping_folder
from mappings.scores.mirrored_coefficients import coefficient_mirror
from mappings.scores.perceptron import Perceptron
from mappings.scores.ridge import Linear


@dataclass(frozen=True, slots=True)
class FitSettings:
    """The settings of `flame-cam mapping fit`."""

    data: Path
    out: Path
    head: str = "builtin"
    labels: Path | None = None
    """Coefficients from another tracker; None for those of the head's own solver."""
    model: str = RIDGE
    """One of `app.training.choices.MODELS`."""
    replace: bool = True
    """Whether an older mapping is replaced without asking the person at the terminal."""


def fit(settings: FitSettings, say: Say) -> MappingCard:
    """Write the mapping folder and return its card; notices go to `say`.

    Raises InputError where data, labels or head cannot be used, or OutputError.
    """
    _check_output(settings)
    data, animated = load_gathered(settings.data), AnimatedHead.load(settings.head)
    if settings.labels is None:
        targets = solved_targets(data, animated)
    else:
        targets = labelled_targets(data, settings.labels, animated, say)
    sample = _sample(targets, animated, say)
    ridge = fit_ridge(sample)
    linear, correction = ridge.whole, None
    record = _record(settings, targets, ridge)
    if settings.model == MLP:
        correction, record = _corrected(sample, ridge, record, say)
    if settings.labels is not None:
        linear = _with_lids(linear, animated)
    card = MappingCard(
        head=animated.head.name,
        expression_count=animated.head.expression_count,
        licence=data.licence,
        source=f"fitted by flame-cam mapping fit to {targets.origin}",
        fit=record,
    )
    arrays = {"score_bounds": sample.score_bounds(), **folder_arrays(linear.matrix, linear.intercept)}
    write_mapping_folder(settings.out, arrays, card, correction)
    return card


def _check_output(settings: FitSettings) -> None:
    given = (*given_files(data=settings.data, labels=settings.labels), *given_head(settings.head, None))
    check_outputs(folders=[settings.out], given=given, replace=settings.replace)
    require_own_mapping(settings.out)


def _sample(targets: Targets, animated: AnimatedHead, say: Say) -> Sample:
    """Return the sample to fit to; notices of what it lacks go to `say`."""
    data = targets.data
    mirror = coefficient_mirror(animated.head)
    if mirror is None:
        say(
            f"the components of {animated.head.name} have no mirror image, so the frames are used as they are"
        )
    # Drivers hand even scores to a mapping.
    sample = make_sample(even_scores(data.scores), targets.coefficients, data.person, mirror)
    if data.person_count == 1:
        say("the data show one person alone, so stretches of time are kept back in turn instead of people")
    if sample.still:
        say(f"these signals never move in the data and get no part in the mapping: {', '.join(sample.still)}")
    return sample


def _record(settings: FitSettings, targets: Targets, ridge: RidgeFit) -> FitRecord:
    data = targets.data
    return FitRecord(
        data=settings.data.name,
        data_licence=data.licence,
        labels=targets.origin,
        model="ridge",
        people=data.person_count,
        frames=len(data.time_s),
        held_out="people" if data.person_count > 1 else "stretches of time of one person",
        held_out_r2={group: round(value, 4) for group, value in ridge.held_out_r2.items()},
        strengths=ridge.strengths,
    )


def _corrected(sample: Sample, ridge: RidgeFit, record: FitRecord, say: Say) -> tuple[Perceptron, FitRecord]:
    """Return the trained correction, and the record with its figures."""
    try:
        from app.training.mapping.perceptron_fit import fit_perceptron
    except ImportError as error:
        raise InputError("--model mlp needs torch; install it with: pip install 'flame-cam[fit]'.") from error
    correction, decay, reached = fit_perceptron(sample, ridge)
    for group, value in reached.items():
        alone = ridge.held_out_r2[group]
        if value < alone:
            say(f"ridge alone has the better R2 for {group} on what was kept back: {alone:.3f}")
    rounded = {group: round(value, 4) for group, value in reached.items()}
    strengths = {**record.strengths, "mlp": decay}
    return correction, replace(record, model="mlp", held_out_r2=rounded, strengths=strengths)


def _with_lids(linear: Linear, animated: AnimatedHead) -> Linear:
    """Return a fit to labels, which have no eyelids, with the eyelids of the head's own mapping."""
    own = animated.mapping
    lids = own.layout.eyelids
    matrix, intercept = linear.matrix.copy(), linear.intercept.copy()
    matrix[:, lids], intercept[lids] = own.matrix[:, lids], own.intercept[lids]
    return Linear(matrix, intercept)
