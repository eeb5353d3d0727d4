"""Give a head that plays the face of one person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flame_model.deform import prepare
from flame_model.face.reshape import reshape_head
from flame_model.face.true_landmarks import true_landmarks
from flame_model.files.identity_file import read_identity
from flame_model.head import Head, LandmarkPlaces
from flame_model.heads import BUILTIN
from flame_model.notices import Say


def landmark_places(head: Head) -> LandmarkPlaces | None:
    """Return where the tracker's landmarks lie on a head, None where nobody knows."""
    return true_landmarks(head) if head.landmarks is None and head.name == BUILTIN else head.landmarks


def with_identity(head: Head, file: Path, say: Say | None = None) -> Head:
    """Return the head with the identity of a file baked into its template; raises InputError.

    Lids and lips are fitted to the new face where the landmarks are known. `say` is told which of several
    identities it is.
    """
    coefficients = read_identity(file, head, say)
    places = landmark_places(head)
    if places is None:
        return replace(head, template=prepare(head, coefficients).rest_vertices)
    return reshape_head(head, places, coefficients)
