"""Make a head of a person: the identity of another head, fitted to a photo, clip, take or camera."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import numpy as np

from app.heads.listing import stated_provenance
from app.heads.names import check_name
from app.heads.observing import observe_person
from app.heads.origin import Origin, write_origin
from app.heads.picture import write_picture
from app.heads.store import PICTURE_FILE, announce_replacement, check_replacement, new_head_folder
from app.model.animated_head import AnimatedHead
from app.model.identity import landmark_places
from app.sources import open_source
from flame_model.errors import InputError
from flame_model.face.reshape import reshape_head
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.files.head_file import save_head
from flame_model.files.standing import is_file
from flame_model.head import Head, LandmarkPlaces, Provenance
from flame_model.heads import BUILTIN, HEAD_FILE, MAPPING_FOLDER, head_names, load_head, own_mapping
from flame_model.landmarks import rest_landmarks
from flame_model.notices import Say
from mappings.frames import FaceObservation
from mappings.person.identity_fit import EvidenceModel, FaceShape, fit_identity, projection_error, symmetric
from mappings.tracking.people.appearance import HUMAN_MISFIT, appearance


@dataclass(frozen=True, slots=True)
class FitHeadSettings:
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
class FittedHead:
    """Hold a person's head as it was kept."""

    head: Head
    frames: int
    """Frames that it was fitted to."""
    error: float
    """Median distance of its face's landmarks from the tracker's in the pictures, in eye distances."""


def fit_head_to_person(settings: FitHeadSettings, say: Say) -> FittedHead:
    """Fit a head to a person and keep it by name; raises FlameCamError and then leaves all as it was."""
    name = check_name(settings.name, of_ict=False)
    check_replacement(name, settings.source, replace=settings.replace)
    places = _places(settings.head)
    animated = AnimatedHead.load(settings.head)
    with open_source(settings.source, live=False) as source:
        observations = observe_person(source, settings.landmarker, say)
    _require_human(observations, source.name)
    shape = FaceShape.of(animated.head, places)
    model = EvidenceModel(animated.head, places, animated.mapping)
    fit = fit_identity(shape, [model.evidence(each) for each in observations])
    if settings.symmetric:
        fit = symmetric(shape, fit)
    head = replace(
        reshape_head(animated.head, places, fit.coefficients, fit.residual),
        name=name,
        landmarks=places,
        provenance=_provenance(animated.head, source.name),
    )
    announce_replacement(name, say)
    _keep(head, settings)
    return FittedHead(
        head,
        len(observations),
        _error(head, places, EvidenceModel(head, places, animated.mapping), observations),
    )


def _places(head: str) -> LandmarkPlaces:
    places = landmark_places(load_head(head))
    if places is None:
        mend = "choose another" if head in head_names() else f"add it first with: flame-cam heads add {head}"
        raise InputError(f"Nobody knows where the face of the head {head!r} is; {mend}")
    return places


def _require_human(observations: Sequence[FaceObservation], where: str) -> None:
    """Raise InputError where what was seen looks less like a face than any person's does."""
    if np.median([appearance(each).misfit for each in observations]) > HUMAN_MISFIT:
        raise InputError(f"What was found in {where} is no human face, or hardly seen; take another picture.")


def _error(
    head: Head, places: LandmarkPlaces, model: EvidenceModel, seen: Sequence[FaceObservation]
) -> float:
    """Return the median over all frames of how far a head's landmarks fall from those seen in the pictures.

    Each frame is shown as it will be played: with the expression that the mapping makes of it.
    """
    face = rest_landmarks(head, places)[:FACE_POINT_COUNT]
    evidence = map(model.evidence, seen)
    return float(np.median([projection_error(face + each.displacement, each.points) for each in evidence]))


def _provenance(head: Head, person: str) -> Provenance:
    stated = stated_provenance(head)
    return replace(stated, edition=f"{stated.edition}, fitted to {person}")


def _keep(head: Head, settings: FitHeadSettings) -> None:
    """Write everything of the head into the folder of its name."""
    with new_head_folder(head.name) as folder, _mapping_of(settings.head) as mapping:
        save_head(head, folder / HEAD_FILE)
        shutil.copytree(mapping, folder / MAPPING_FOLDER)
        write_picture(head, folder / PICTURE_FILE)
        if is_file(Path(settings.source)):
            write_origin(Origin.of(Path(settings.source), settings.source, ()), folder)


@contextmanager
def _mapping_of(head: str) -> Iterator[Path]:
    """Yield the mapping folder of a head, which moves the person's as well: its components are the same."""
    if folder := own_mapping(head):
        yield folder
        return
    with resources.as_file(resources.files("assets") / "mappings" / BUILTIN) as bundled:
        yield bundled
