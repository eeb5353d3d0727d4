"""Fit a head to the person in a photo, clip, take or camera, and keep it by name."""

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
from flame_model.face.landmarks import rest_landmarks
from flame_model.face.reshape import reshape_head
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.files.head_file import save_head
from flame_model.files.paths import is_file
from flame_model.find_heads import BUILTIN, HEAD_FILE, MAPPING_FOLDER, head_names, load_head, own_mapping
from flame_model.head import Head, LandmarkPlaces, Provenance
from flame_model.notices import Say
from mappings.frames import FaceObservation
from mappings.person.identity_evidence import EvidenceModel
from mappings.person.identity_fit import FaceShape, fit_identity, projection_error, symmetric
from mappings.tracking.people.appearance import HUMAN_MISFIT, appearance


@dataclass(frozen=True, slots=True)
class FitHeadSettings:
    """The settings of `flame-cam heads fit`."""

    source: str
    """Photo, clip, take or camera, as `open_source` takes it."""
    name: str
    """Name of the person's head."""
    head: str = BUILTIN
    """Name or file of the head whose identity is fitted."""
    symmetric: bool = False
    """Whether the two halves of the fitted face mirror each other."""
    landmarker: Path | None = None
    """The tracker's bundle; None for the usual places."""
    replace: bool = True
    """Whether an older head of that name is replaced without asking."""


@dataclass(frozen=True, slots=True)
class FittedHead:
    """A head fitted to a person, with the quality of the fit."""

    head: Head
    frames: int
    """Frames that the identity was fitted to."""
    error: float
    """Median distance between the head's projected landmarks and the tracker's, in eye distances."""


def fit_head_to_person(settings: FitHeadSettings, say: Say) -> FittedHead:
    """Fit a head's identity to a person, warp the face by the remaining error and keep the head by name.

    Raises FlameCamError; no head is added or changed then.
    """
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
    error = _error(head, places, EvidenceModel(head, places, animated.mapping), observations)
    return FittedHead(head, len(observations), error)


def _places(head: str) -> LandmarkPlaces:
    """Return the places of the head's landmarks; raises InputError where they are not known."""
    places = landmark_places(load_head(head))
    if places is None:
        fix = "choose another" if head in head_names() else f"add it first (flame-cam heads add {head})"
        raise InputError(f"The head {head!r} has no landmarks to fit a face by; {fix}.")
    return places


def _require_human(observations: Sequence[FaceObservation], where: str) -> None:
    """Raise InputError where most observations look less like a face than any person's does."""
    if np.median([appearance(each).misfit for each in observations]) > HUMAN_MISFIT:
        raise InputError(
            f"The face found in {where} is not human, or hardly visible; give a picture taken from the front."
        )


def _error(
    head: Head, places: LandmarkPlaces, model: EvidenceModel, seen: Sequence[FaceObservation]
) -> float:
    """Return the median distance between a head's landmarks and the observed ones, in eye distances.

    With x_i the rest landmark i of the head, d_if its displacement by the expression that the mapping gives
    frame f, P_f the weak perspective that fits frame f best and p_if the observed landmark, the error is the
    median over i and f of |P_f(x_i + d_if) - p_if| / (distance of the eyes in the picture).
    """
    face = rest_landmarks(head, places)[:FACE_POINT_COUNT]
    evidence = map(model.evidence, seen)
    return float(np.median([projection_error(face + each.displacement, each.points) for each in evidence]))


def _provenance(head: Head, person: str) -> Provenance:
    stated = stated_provenance(head)
    return replace(stated, edition=f"{stated.edition}, fitted to {person}")


def _keep(head: Head, settings: FitHeadSettings) -> None:
    """Write head, mapping, picture and origin into the folder of the head's name."""
    with new_head_folder(head.name) as folder, _mapping_of(settings.head) as mapping:
        save_head(head, folder / HEAD_FILE)
        shutil.copytree(mapping, folder / MAPPING_FOLDER)
        write_picture(head, folder / PICTURE_FILE)
        if is_file(Path(settings.source)):
            write_origin(Origin.of(Path(settings.source), settings.source, ()), folder)


@contextmanager
def _mapping_of(head: str) -> Iterator[Path]:
    """Yield the mapping folder of a head; it fits the person's head too, which has the same components."""
    if folder := own_mapping(head):
        yield folder
        return
    with resources.as_file(resources.files("assets") / "mappings" / BUILTIN) as bundled:
        yield bundled
