"""Measure a head's response and keep it beside the mapping it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.cast import SCORES, load_cast
from app.outputs import require_writable
from app.responding.respond import ROUND_FRAMES, measure_response
from flame_model.errors import InputError
from flame_model.head_io import own_mapping
from mappings.bundle import locate_bundle
from mappings.mapping_folder import RESPONSE_NAME
from mappings.response import Response


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


def respond_to(settings: RespondSettings) -> tuple[Response, Path]:
    """Measure, write and return the response, and where it is; raises FlameCamError."""
    folder = settings.mapping or own_mapping(settings.head)
    cast = load_cast(settings.head, settings.mapping, solver=SCORES)
    if settings.out is None and folder is None:
        raise InputError(
            f"The head {settings.head!r} takes the mapping that comes with the program, and so its response; "
            "name a file for another with --out FILE."
        )
    path = settings.out or Path(folder or "") / RESPONSE_NAME
    require_writable(path)
    response = measure_response(cast, locate_bundle(settings.landmarker), settings.readings or ROUND_FRAMES)
    response.save(path)
    return response, path
