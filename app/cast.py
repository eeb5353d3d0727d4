"""Who plays: a head and the mapping that fits it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.head_io import head_names, load_head, own_mapping
from mappings.driver import Driver
from mappings.placement import Placement
from mappings.profile import Profile
from mappings.score_mapping import ScoreMapping
from mappings.smoothing import DEFAULT_SMOOTHING, Reach, Smoothing
from mappings.solver import ScoreSolver


@dataclass(frozen=True, slots=True)
class Cast:
    """Hold a head and a mapping whose components are the head's."""

    head: Head
    mapping: ScoreMapping

    def driver(
        self, placement: Placement | None, smoothing: float | None = 0.0, profile: Profile | None = None
    ) -> Driver:
        """Return a new driver of this head, on a stage where a placement is given.

        `smoothing` is 0 (off) to 1, None for the light default; a profile tells how the person differs from
        others.
        """
        joints = self.head.joint_regressor @ self.head.template
        smooth = Smoothing(Reach.of(self.head), DEFAULT_SMOOTHING if smoothing is None else smoothing)
        return Driver(
            ScoreSolver(self.mapping), joints, placement=placement, smoothing=smooth, profile=profile
        )


def load_cast(head: str, mapping: Path | None, identity: Path | None = None) -> Cast:
    """Load a head by name or file and a mapping by folder, None for the one made for the head.

    A head without one takes the bundled mapping. A file of identity coefficients gives the head another face.
    Raises InputError where one cannot be read or they do not fit.
    """
    loaded = load_head(head)
    folder = mapping or own_mapping(head)
    chosen = ScoreMapping.default() if folder is None else ScoreMapping.load(folder)
    if folder is None and chosen.expression_count != loaded.expression_count:
        adding = "" if head in head_names() else f", or make one with: flame-cam heads add {head}"
        raise InputError(
            f"The head {head!r} has no mapping of its own; name one with --mapping FOLDER{adding}."
        )
    fitting = chosen.for_head(loaded)
    if identity is not None:
        # Importing SciPy takes a third of a second, which a start without an identity does not need.
        from app.identity import with_identity

        loaded = with_identity(loaded, identity)
    return Cast(loaded, fitting)
