"""Give a head the face of one person by baking identity coefficients into it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flame_model.deform import prepare
from flame_model.face.reshape import reshape_head
from flame_model.face.true_landmarks import true_landmarks
from flame_model.files.identity_file import read_identity
from flame_model.find_heads import BUILTIN
from flame_model.head import Head, LandmarkPlaces
from flame_model.notices import Say


def landmark_places(head: Head) -> LandmarkPlaces | None:
    """Return where the tracker's landmarks lie on a head, None where that is unknown."""
    return true_landmarks(head) if head.landmarks is None and head.name == BUILTIN else head.landmarks


def with_identity(head: Head, file: Path, say: Say | None = None) -> Head:
    """Return the head with the identity in `file` baked into its template. Raises InputError.

    Lids and lips are fitted to the new face where the head's landmarks are known. Where the file holds
    several identities, `say` gets a notice which one is used.
    """
    coefficients = read_identity(file, head, say)
    places = landmark_places(head)
    if places is None:
        return replace(head, template=prepare(head, coefficients).rest_vertices)
    return reshape_head(head, places, coefficients)
