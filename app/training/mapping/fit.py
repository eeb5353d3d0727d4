"""Fit a mapping for a head to gathered data and write its folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.model.animated_head import AnimatedHead
from app.pipeline.outputs import check_outputs
from app.pipeline.outputs.given import given_files, given_head
from app.training.mapping.ridge_fit import RidgeFit, fit_ridge
from app.training.mapping.sample import Sample, make_sample
from app.training.mapping.solved import solved
from flame_model.arrays import Array
from flame_model.errors import InputError
from flame_model.notices import Say
from mappings.records.gathered import Gathered, load_gathered
from mappings.records.labels import read_labels
from mappings.scores.mapping_card import FitRecord, MappingCard
from mappings.scores.mapping_folder import require_own_mapping, write_mapping_folder
from mappings.scores.mirrored_coefficients import coefficient_mirror
from mappings.scores.perceptron import Perceptron
from mappings.scores.ridge import Linear

MODELS = ("ridge", "mlp")


@dataclass(frozen=True, slots=True)
class FitSettings:
    """Hold what `flame-cam mapping fit` was asked for."""

    data: Path
    out: Path
    head: str = "builtin"
    labels: Path | None = None
    """Coefficients from another tracker; None: those of the head's own solver."""
    model: str = "ridge"
    """One of MODELS."""
    replace: bool = True
    """False asks a person at a terminal before an older file goes."""


def fit(settings: FitSettings, say: Say) -> MappingCard:
    """Write the mapping folder and return its card; what a person should know goes to `say`.

    Raises InputError (data, labels or head) or OutputError.
    """
    _check_output(settings)
    data, animated = load_gathered(settings.data), AnimatedHead.load(settings.head)
    data, targets, origin = _targets(settings, data, animated, say)
    mirror = coefficient_mirror(animated.head)
    if mirror is None:
        say(
            f"the components of {animated.head.name} have no mirror image, so the frames are used as they are"
        )
    sample = make_sample(data.scores, targets, data.person, mirror)
    _tell(sample, data, say)
    ridge = fit_ridge(sample)
    linear, correction = ridge.whole, None
    record = _record(settings, data, origin, ridge)
    if settings.model == "mlp":
        correction, record = _corrected(sample, ridge, record, say)
    if settings.labels is not None:
        linear = _with_lids(linear, animated)
    card = MappingCard(
        head=animated.head.name,
        expression_count=animated.head.expression_count,
        licence=data.licence,
        source=f"fitted by flame-cam mapping fit to {origin}",
        fit=record,
    )
    write_mapping_folder(settings.out, _arrays(linear, sample), card, correction)
    return card


def _check_output(settings: FitSettings) -> None:
    given = (*given_files(data=settings.data, labels=settings.labels), *given_head(settings.head, None))
    check_outputs(folders=[settings.out], given=given, replace=settings.replace)
    require_own_mapping(settings.out)


def _targets(
    settings: FitSettings, data: Gathered, animated: AnimatedHead, say: Say
) -> tuple[Gathered, Array, str]:
    """Return the labelled frames, their coefficients (N, E + 11) and where those come from."""
    if settings.labels is None:
        return (
            data,
            solved(data, animated.make_solver()),
            f"what the solver of {animated.head.name} makes of the frames",
        )
    labels = read_labels(settings.labels, data, animated.head)
    if len(labels.rows) < len(data.time_s):
        say(f"{settings.labels} labels {len(labels.rows)} of the {len(data.time_s)} frames, which are used")
    lids = np.zeros((len(labels.rows), 2))
    return (
        data.taken(labels.rows),
        np.hstack([labels.expression, labels.jaw, labels.eyes, lids]),
        (f"the labels {settings.labels.name}"),
    )


def _tell(sample: Sample, data: Gathered, say: Say) -> None:
    if data.person_count == 1:
        say("the data show one person alone: stretches of time are kept back in turn instead of people")
    if sample.still:
        say(f"these signals never move in the data and get no part in it: {', '.join(sample.still)}")


def _record(settings: FitSettings, data: Gathered, origin: str, ridge: RidgeFit) -> FitRecord:
    return FitRecord(
        data=settings.data.name,
        data_licence=data.licence,
        labels=origin,
        model="ridge",
        people=data.person_count,
        frames=len(data.time_s),
        held_out="people" if data.person_count > 1 else "stretches of time of one person",
        held_out_r2={group: round(value, 4) for group, value in ridge.held_out_r2.items()},
        strengths=ridge.strengths,
    )


def _corrected(sample: Sample, ridge: RidgeFit, record: FitRecord, say: Say) -> tuple[Perceptron, FitRecord]:
    """Return the trained correction and the record with what it achieves."""
    try:
        from app.training.mapping.perceptron_fit import fit_perceptron
    except ImportError as error:
        raise InputError("--model mlp needs torch; install it with: pip install 'flame-cam[fit]'") from error
    correction, decay, reached = fit_perceptron(sample, ridge)
    for group, value in reached.items():
        if value < ridge.held_out_r2[group]:
            say(f"on what was kept back ridge alone does better on {group}: {ridge.held_out_r2[group]:.3f}")
    rounded = {group: round(value, 4) for group, value in reached.items()}
    strengths = {**record.strengths, "mlp": decay}
    return correction, replace(record, model="mlp", held_out_r2=rounded, strengths=strengths)


def _with_lids(linear: Linear, animated: AnimatedHead) -> Linear:
    """Return a fit to FLAME's coefficients, which know no lids, with the lids of the head's own mapping."""
    matrix, intercept = linear.matrix.copy(), linear.intercept.copy()
    matrix[:, -2:], intercept[-2:] = animated.mapping.matrix[:, -2:], animated.mapping.intercept[-2:]
    return Linear(matrix, intercept)


def _arrays(linear: Linear, sample: Sample) -> dict[str, Array]:
    names = {"expression": "exp", "jaw": "jaw", "eyes": "eye", "eyelids": "eyelids"}
    arrays = {"score_bounds": sample.score_bounds()}
    for group, columns in sample.groups.items():
        arrays[f"bs2{names[group]}"] = linear.matrix[:, columns]
        arrays[f"{names[group]}_intercept"] = linear.intercept[columns]
    return arrays
