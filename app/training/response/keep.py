"""Measure a head's response and keep it beside the mapping it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.model.animated_head import AnimatedHead
from app.model.solvers import SCORES
from app.pipeline.outputs import Given, check_outputs
from app.pipeline.outputs.given import files_at, given_bundle, given_head
from app.training.response.respond import ROUND_FRAMES, measure_response
from flame_model.errors import InputError
from flame_model.heads import own_mapping
from mappings.response.response import Response
from mappings.scores.mapping_folder import RESPONSE_NAME
from mappings.tracking.bundle import locate_bundle


@dataclass(frozen=True, slots=True)
class RespondSettings:
    """Hold what `flame-cam mapping respond` was asked for."""

    head: str = "builtin"
    mapping: Path | None = None
    out: Path | None = None
    """None for the mapping's own folder."""
    landmarker: Path | None = None
    readings: int | None = None
    """In each of the two rounds; None for as many as tell all that can be told."""
    replace: bool = True
    """False asks a person at a terminal before an older file goes."""


def respond_to(settings: RespondSettings) -> tuple[Response, Path]:
    """Measure, write and return the response, and where it is; raises FlameCamError."""
    folder = settings.mapping or own_mapping(settings.head)
    if settings.out is None and folder is None:
        # A head that has no mapping at all is told so first.
        AnimatedHead.load(settings.head, None, solver=SCORES)
        raise InputError(
            f"The head {settings.head!r} takes the mapping that comes with the program, and so its response; "
            "name a file for another with --out FILE."
        )
    path = settings.out or Path(folder or "") / RESPONSE_NAME
    _check_output(settings, path)
    animated = AnimatedHead.load(settings.head, settings.mapping, solver=SCORES)
    response = measure_response(
        animated, locate_bundle(settings.landmarker), settings.readings or ROUND_FRAMES
    )
    response.save(path)
    return response, path


def _check_output(settings: RespondSettings, path: Path) -> None:
    """Raise OutputError where the response may not be written; an older response may be."""
    head = given_head(settings.head, settings.mapping)
    given = [Given(what, file) for what, at in head for file in files_at(at) if file.name != RESPONSE_NAME]
    check_outputs(files=[path], given=[*given, *given_bundle(settings.landmarker)], replace=settings.replace)
