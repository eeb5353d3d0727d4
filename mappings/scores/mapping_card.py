"""The card of a mapping, `mapping.json`: its head, its source and, for a fitted one, how well it does."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flame_model.errors import MappingFileError
from flame_model.files.checks import shown
from flame_model.files.reading import expecting, read_json
from flame_model.files.writing.whole_file import write_text

CARD_NAME = "mapping.json"
REMEDY = "Correct it or fit the mapping again."
"""The sentence with which messages about a mapping's files end."""
MOST_COMPONENTS = 10_000
"""Largest number of expression components that a card may state; FLAME has 100."""


@dataclass(frozen=True, slots=True)
class FitRecord:
    """The data that a mapping was fitted to, and its figures on people that it was not fitted to."""

    data: str
    """Name of the file of gathered data."""
    data_licence: str
    labels: str
    """Source of the coefficients that the mapping was fitted to."""
    model: str
    """ridge or mlp."""
    people: int
    frames: int
    held_out: str
    """What was kept back in turn: people, or stretches of time where the data show one person."""
    held_out_r2: dict[str, float]
    """Explained share of the variance of each group of coefficients on what was kept back."""
    strengths: dict[str, float]
    """Regularisation of each group that did best on what was kept back."""


_CARD_KINDS = {"head": str, "expression_count": int, "licence": str, "source": str}
_FIT_KINDS = {
    "data": str,
    "data_licence": str,
    "labels": str,
    "model": str,
    "people": int,
    "frames": int,
    "held_out": str,
    "held_out_r2": dict,
    "strengths": dict,
}


@dataclass(frozen=True, slots=True)
class MappingCard:
    """The contents of `mapping.json`: what a mapping was made for, and from what."""

    head: str
    """Name of the head."""
    expression_count: int
    """Number of the head's expression components, E."""
    licence: str
    source: str
    fit: FitRecord | None = None
    """None for a mapping that was written down and not fitted."""


def read_card(path: Path) -> MappingCard | None:
    """Read `mapping.json`; return None where there is no such file. Raises MappingFileError."""
    if not path.exists():
        return None
    with expecting("JSON file", REMEDY, error=MappingFileError):
        fields: Any = read_json(path)
    for key, kind in _CARD_KINDS.items():
        value = fields.get(key) if isinstance(fields, dict) else None
        if type(value) is not kind:
            raise MappingFileError(
                f"{path} should have a {kind.__name__} under {key!r}, received {shown(value)}. {REMEDY}"
            )
    if not 1 <= fields["expression_count"] <= MOST_COMPONENTS:
        raise MappingFileError(
            f"{path} should have an 'expression_count' from 1 to {MOST_COMPONENTS}, "
            f"received {shown(fields['expression_count'])}. {REMEDY}"
        )
    fit = _fit_record(path, fields.get("fit"))
    return MappingCard(**{key: fields[key] for key in _CARD_KINDS}, fit=fit)


def write_card(path: Path, card: MappingCard) -> None:
    """Write `mapping.json` without the fields that are None; raises OutputError."""
    record = {key: value for key, value in asdict(card).items() if value is not None}
    write_text(path, json.dumps(record, indent=2) + "\n")


def _fit_record(path: Path, record: Any) -> FitRecord | None:
    """Return the record of the fit that a card holds, None where it holds none; raises MappingFileError."""
    if record is None:
        return None
    if not isinstance(record, dict) or {key: type(value) for key, value in record.items()} != _FIT_KINDS:
        wanted = ", ".join(f"{key} ({kind.__name__})" for key, kind in _FIT_KINDS.items())
        raise MappingFileError(f"{path} should have the record of a fit under 'fit': {wanted}. {REMEDY}")
    return FitRecord(**record)
