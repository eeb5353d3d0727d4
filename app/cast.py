"""Who plays: a head and the mapping that fits it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flame_model.head import Head
from flame_model.head_io import load_head
from mappings.driver import Driver
from mappings.placement import Placement
from mappings.score_mapping import ScoreMapping


@dataclass(frozen=True, slots=True)
class Cast:
    """Hold a head and a mapping whose components are the head's."""

    head: Head
    mapping: ScoreMapping

    def driver(self, placement: Placement | None) -> Driver:
        """Return a new driver of this head, on a stage where a placement is given."""
        joints = self.head.joint_regressor @ self.head.template
        return Driver(self.mapping, joints, placement=placement)


def load_cast(head: str, mapping: Path | None) -> Cast:
    """Load a head by name or file and a mapping by folder, None for the bundled one.

    Raises InputError where one cannot be read or they do not fit.
    """
    loaded = load_head(head)
    chosen = ScoreMapping.default() if mapping is None else ScoreMapping.load(mapping)
    return Cast(loaded, chosen.for_head(loaded))
