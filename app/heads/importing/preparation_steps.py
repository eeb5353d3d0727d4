"""What is done once with every head that is added, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from app.heads.importing.companion_files import anchored
from app.heads.importing.find_landmarks import place_landmarks
from app.heads.importing.hair_line import bare_share
from app.heads.importing.mean_texture import textured
from app.heads.importing.read_head import Reading
from app.heads.importing.reference import seen_reference
from app.heads.picture import write_picture
from app.heads.store import PICTURE_FILE
from app.model.animated_head import AnimatedHead
from app.system.few_cores import share_few_cores
from app.training.response.respond import measure_response
from flame_model.errors import HeadFileError, InputError
from flame_model.eyelids.blink_shapes import make_eyelids
from flame_model.files.head_file import save_head
from flame_model.head import Head, LandmarkPlaces
from flame_model.heads import HEAD_FILE, MAPPING_FOLDER
from flame_model.notices import Say
from flame_model.paint.paint_from_landmarks import has_colors, paint_head
from flame_model.paint.painted_texture import paint_texture
from mappings.scores.head_fit import fit_mapping
from mappings.scores.mapping_card import MappingCard
from mappings.scores.mapping_folder import RESPONSE_NAME, write_mapping_folder
from mappings.scores.score_mapping import ScoreMapping
from mappings.tracking.bundle import locate_bundle
from mappings.tracking.tracker import FaceTracker

HEAD_READINGS = 550
"""Readings a round of a head's response: fewer than `flame-cam mapping respond` takes, for who adds a head
waits for it."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """Hold what the steps need beside the head."""

    reading: Reading
    folder: Path
    landmarker: Path | None
    say: Say
    readings: int = HEAD_READINGS
    """Readings a round of its response; 0 for none."""


Step = Callable[[Head, Preparation], Head]


def _colors(head: Head, work: Preparation) -> Head:
    texture = work.reading.companions.texture
    return head if texture is None else textured(head, texture)


def _landmarks(head: Head, work: Preparation) -> Head:
    if head.landmarks is not None:
        return head
    with FaceTracker(locate_bundle(work.landmarker)) as tracker:
        try:
            places = place_landmarks(head, tracker)
        except InputError as error:
            work.say(f"{error}; without landmarks it gets no paint and mapping of its own")
            return head
    embedding = work.reading.companions.embedding
    return replace(head, landmarks=anchored(head, places, embedding, work.say) if embedding else places)


def _paint(head: Head, work: Preparation) -> Head:
    if head.landmarks is None or (has_colors(head) and not work.reading.painted):
        return head
    painted = head if work.reading.painted else paint_head(head, head.landmarks)
    return paint_texture(painted, head.landmarks, bare_share(head, work.reading.companions.masks or {}))


def _eyelids(head: Head, work: Preparation) -> Head:
    if head.eyelid_basis.any():
        return head
    try:
        basis, arc, hold = make_eyelids(head)
    except InputError as error:
        work.say(f"{error}; its eyes stay open")
        return head
    return replace(head, eyelid_basis=basis, eyelid_arc=arc, eyelid_hold=hold)


def _file(head: Head, work: Preparation) -> Head:
    save_head(head, work.folder / HEAD_FILE)
    return head


def _mapping(head: Head, work: Preparation) -> Head:
    if head.landmarks is not None:
        made = work.reading.mapping
        arrays = made(head) if made else fit_mapping(head, _reference(work))
        source = f"{'written down from the rig' if made else 'fitted to the head'} by flame-cam heads add"
        licence = head.provenance.licence or "as the head's"
        card = MappingCard(head.name, head.expression_count, licence, source)
        write_mapping_folder(work.folder / MAPPING_FOLDER, arrays, card)
    return head


def _reference(work: Preparation) -> LandmarkPlaces | None:
    """Return the places of the built-in head's landmarks to which the head's are like."""
    if work.reading.head.landmarks is not None:
        return None
    embedding = work.reading.companions.embedding
    published = embedding.landmarks if embedding else np.zeros(0, dtype=np.int32)
    with FaceTracker(locate_bundle(work.landmarker)) as tracker:
        return seen_reference(tracker, published)


def _response(head: Head, work: Preparation) -> Head:
    folder = work.folder / MAPPING_FOLDER
    if not work.readings or not folder.is_dir():
        return head
    animated = AnimatedHead(head, ScoreMapping.load(folder).for_head(head))
    try:
        response = measure_response(animated, locate_bundle(work.landmarker), work.readings)
    except InputError as error:
        work.say(f"{str(error).rstrip('.')}; the head is animated by its scores alone")
        return head
    response.save(folder / RESPONSE_NAME)
    return head


def _picture(head: Head, work: Preparation) -> Head:
    write_picture(head, work.folder / PICTURE_FILE)
    return head


STEPS: tuple[tuple[str, Step], ...] = (
    ("colours", _colors),
    ("landmarks", _landmarks),
    ("eyelids", _eyelids),
    ("paint", _paint),
    ("file", _file),
    ("mapping", _mapping),
    ("response", _response),
    ("picture", _picture),
)


def _beside_bars(say: Say) -> Say:
    """Return `say` on lines of its own while a bar is shown."""

    def said(text: str) -> None:
        with tqdm.external_write_mode():
            say(text)

    return said


def prepare_head(name: str, work: Preparation) -> Head:
    """Take the head that was read through every step, the results into `work.folder`; return it as `name`.

    A bar on stderr shows the step where somebody watches. Raises FlameCamError.
    """
    # Before the first context: the response draws while the tracker reads.
    share_few_cores()
    head = replace(work.reading.head, name=name)
    work = replace(work, say=_beside_bars(work.say))
    with tqdm(STEPS, leave=False, disable=None, bar_format="{desc}{n_fmt} of {total_fmt}") as bar:
        for title, step in bar:
            bar.set_description(title)
            try:
                head = step(head, work)
            except np.linalg.LinAlgError as error:
                raise HeadFileError(
                    f"The head {name!r} gets no {title}: its mesh is whole, but it is not that of a head."
                ) from error
    return head
