"""The card of a mapping, `mapping.json`: what it was made for, from what, and how good it is."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flame_model.errors import MappingFileError
from flame_model.files.checks import shown
from flame_model.files.reading import expecting, read_json
from flame_model.files.writing.whole import write_text

CARD_NAME = "mapping.json"
MOST_COMPONENTS = 10_000
"""Of an expression; FLAME has 100."""


@dataclass(frozen=True, slots=True)
class FitRecord:
    """Say what a mapping was fitted to and how well it does on people that it was not fitted to."""

    data: str
    data_licence: str
    labels: str
    """Where the coefficients came from that it was fitted to."""
    model: str
    people: int
    frames: int
    held_out: str
    """What was kept back in turn: people, or stretches of time where there was one person alone."""
    held_out_r2: dict[str, float]
    """Explained share of the variance of each group of coefficients, of what was kept back."""
    strengths: dict[str, float]
    """Of the regularisation that did best on what was kept back, by group."""


_FIT_KINDS = {
    **{"data": str, "data_licence": str, "labels": str, "model": str, "people": int, "frames": int},
    **{"held_out": str, "held_out_r2": dict, "strengths": dict},
}


@dataclass(frozen=True, slots=True)
class MappingCard:
    """Say what a mapping was made for: the contents of `mapping.json`."""

    head: str
    expression_count: int
    licence: str
    source: str
    fit: FitRecord | None = None
    """None for a mapping that was written down."""


def read_card(path: Path) -> MappingCard | None:
    """Read `mapping.json`, None where there is none; raises MappingFileError."""
    if not path.exists():
        return None
    with expecting("JSON file", "Correct it or fit the mapping again.", error=MappingFileError):
        fields: Any = read_json(path)
    kinds = {"head": str, "expression_count": int, "licence": str, "source": str}
    for key, kind in kinds.items():
        value = fields.get(key) if isinstance(fields, dict) else None
        if type(value) is not kind:
            raise MappingFileError(
                f"{path} should have a {kind.__name__} under {key!r}, received {shown(value)}."
            )
    if not 1 <= fields["expression_count"] <= MOST_COMPONENTS:
        raise MappingFileError(
            f"{path} should have an 'expression_count' from 1 to {MOST_COMPONENTS}, "
            f"received {shown(fields['expression_count'])}."
        )
    return MappingCard(**{key: fields[key] for key in kinds}, fit=_fit_record(path, fields.get("fit")))


def write_card(path: Path, card: MappingCard) -> None:
    """Write `mapping.json`, leaving out what the card does not say; raises OutputError."""
    record = {key: value for key, value in asdict(card).items() if value is not None}
    write_text(path, json.dumps(record, indent=2) + "\n")


def _fit_record(path: Path, record: Any) -> FitRecord | None:
    """Return what a card says about its fit, None where it says nothing."""
    if record is None:
        return None
    if not isinstance(record, dict) or {key: type(value) for key, value in record.items()} != _FIT_KINDS:
        wanted = ", ".join(f"{key} ({kind.__name__})" for key, kind in _FIT_KINDS.items())
        raise MappingFileError(f"{path} should have the record of a fit under 'fit': {wanted}.")
    return FitRecord(**record)
