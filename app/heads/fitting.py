"""Make a head of a person: the identity of another head, fitted to a photo, clip, take or camera."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import numpy as np

from app.cast import load_cast
from app.heads.about import Origin, write_origin
from app.heads.listing import stated_provenance
from app.heads.names import check_name
from app.heads.picture import write_picture
from app.heads.sightings import observe_person
from app.heads.store import PICTURE_FILE, announce_replacement, check_replacement, new_head_folder
from app.identity import landmark_places
from app.sources import open_source
from app.whole_source import Say
from flame_model.builtin.topology import FACE_POINT_COUNT
from flame_model.errors import InputError
from flame_model.head import Head, LandmarkPlaces, Provenance
from flame_model.head_io import (
    BUILTIN,
    HEAD_FILE,
    MAPPING_FOLDER,
    head_names,
    load_head,
    own_mapping,
    save_head,
)
from flame_model.landmarks import rest_landmarks
from flame_model.reshape import reshape_head
from flame_model.standing import is_file
from mappings.frames import FaceObservation
from mappings.identity_fit import (
    FaceShape,
    Witness,
    fit_identity,
    projection_error,
    symmetric,
)
from mappings.tracking.appearance import HUMAN, appearance


@dataclass(frozen=True, slots=True)
class FitWish:
    """Hold what a fit was asked for."""

    source: str
    """Photo, clip, take or camera, as `open_source` takes it."""
    name: str
    """What the person's head is called."""
    head: str = "builtin"
    """The head that is fitted, by name or file."""
    symmetric: bool = False
    """Left and right mirror each other."""
    landmarker: Path | None = None
    replace: bool = True
    """False asks a person at a terminal before an older head goes."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Hold a person's head as it was kept."""

    head: Head
    frames: int
    """Frames that it was fitted to."""
    error: float
    """Median distance of its face's landmarks from the tracker's in the pictures, in eye distances."""


def fit_person(wish: FitWish, say: Say) -> Fitted:
    """Fit a head to a person and keep it by name; raises FlameCamError and then leaves all as it was."""
    name = check_name(wish.name, of_ict=False)
    check_replacement(name, wish.source, replace=wish.replace)
    places = _places(wish.head)
    cast = load_cast(wish.head, None)
    with open_source(wish.source, live=False) as source:
        observations = observe_person(source, wish.landmarker, say)
    _require_human(observations, source.name)
    shape = FaceShape.of(cast.head, places)
    witness = Witness(cast.head, places, cast.mapping)
    fit = fit_identity(shape, [witness.sighting(each) for each in observations])
    if wish.symmetric:
        fit = symmetric(shape, fit)
    head = replace(
        reshape_head(cast.head, places, fit.coefficients, fit.residual),
        name=name,
        landmarks=places,
        provenance=_provenance(cast.head, source.name),
    )
    announce_replacement(name, say)
    _keep(head, wish)
    return Fitted(
        head, len(observations), _error(head, places, Witness(head, places, cast.mapping), observations)
    )


def _places(head: str) -> LandmarkPlaces:
    places = landmark_places(load_head(head))
    if places is None:
        mend = "choose another" if head in head_names() else f"add it first with: flame-cam heads add {head}"
        raise InputError(f"Nobody knows where the face of the head {head!r} is; {mend}")
    return places


def _require_human(observations: Sequence[FaceObservation], where: str) -> None:
    """Raise InputError where what was seen looks less like a face than any person's does."""
    if np.median([appearance(each).unlikeness for each in observations]) > HUMAN:
        raise InputError(f"What was found in {where} is no human face, or hardly seen; take another picture.")


def _error(head: Head, places: LandmarkPlaces, witness: Witness, seen: Sequence[FaceObservation]) -> float:
    """Return the median over all frames of how far a head's landmarks fall from those seen in the pictures.

    Each frame is shown as it will be played: with the expression that the mapping makes of it.
    """
    face = rest_landmarks(head, places)[:FACE_POINT_COUNT]
    sightings = map(witness.sighting, seen)
    return float(np.median([projection_error(face + each.displacement, each.points) for each in sightings]))


def _provenance(head: Head, person: str) -> Provenance:
    stated = stated_provenance(head)
    return replace(stated, edition=f"{stated.edition}, fitted to {person}")


def _keep(head: Head, wish: FitWish) -> None:
    """Write everything of the head into the folder of its name."""
    with new_head_folder(head.name) as folder, _mapping_of(wish.head) as mapping:
        save_head(head, folder / HEAD_FILE)
        shutil.copytree(mapping, folder / MAPPING_FOLDER)
        write_picture(head, folder / PICTURE_FILE)
        if is_file(Path(wish.source)):
            write_origin(Origin.of(Path(wish.source), wish.source, ()), folder)


@contextmanager
def _mapping_of(head: str) -> Iterator[Path]:
    """Yield the mapping folder of a head, which moves the person's as well: its components are the same."""
    if folder := own_mapping(head):
        yield folder
        return
    with resources.as_file(resources.files("assets") / "mappings" / BUILTIN) as bundled:
        yield bundled
