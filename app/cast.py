"""Who plays: a head and the mapping that fits it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from flame_model.builtin.true_landmarks import true_landmarks
from flame_model.deform import prepare
from flame_model.errors import InputError
from flame_model.head import Head, LandmarkPlaces
from flame_model.head_io import BUILTIN, head_names, load_head, own_mapping
from flame_model.identity_file import read_identity
from flame_model.reshape import reshape_head
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
    return Cast(loaded if identity is None else _with_identity(loaded, identity), fitting)


def landmark_places(head: Head) -> LandmarkPlaces | None:
    """Return where the tracker's landmarks lie on a head, None where nobody knows."""
    return true_landmarks(head) if head.landmarks is None and head.name == BUILTIN else head.landmarks


def _with_identity(head: Head, file: Path) -> Head:
    coefficients = read_identity(file, head)
    places = landmark_places(head)
    if places is None:
        return replace(head, template=prepare(head, coefficients).rest_vertices)
    return reshape_head(head, places, coefficients)
