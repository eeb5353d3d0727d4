"""Prepare an imported head in nine steps, in this order.

1. colours: put the mean texture of a companion file on the skin.
2. landmarks: find the tracker's 478 landmarks on the head, unless its file holds them. Places that a
   companion file publishes replace those that were found.
3. eyelids: add blink shapes, unless the head has some.
4. parts: attach lid margins, their shadow, lashes, teeth, a tongue and a shirt, where the head has none.
5. paint: paint skin, lips, brows, hair and eyes by the landmarks, unless the head has colours of its own.
6. file: save the head.
7. mapping: take the mapping from the rig, or fit one by which the landmarks move as the built-in head's do.
8. response: measure how the tracker's readings depend on the head's signals and turn.
9. picture: draw the picture that is kept beside the head.

Steps that need landmarks are left out for a head without them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from app.heads.importing.companion_files import with_published
from app.heads.importing.find_landmarks import builtin_landmarks, find_landmarks
from app.heads.importing.hair_line import bare_share
from app.heads.importing.mean_texture import textured
from app.heads.importing.read_head import ImportedHead
from app.heads.picture import write_picture
from app.heads.store import PICTURE_FILE
from app.model.animated_head import AnimatedHead
from app.system.tuning import share_few_cores
from app.training.response.measure_response import measure_response
from flame_model.errors import HeadFileError, InputError
from flame_model.files.head_file import save_head
from flame_model.find_heads import HEAD_FILE, MAPPING_FOLDER
from flame_model.head import Head, LandmarkPlaces
from flame_model.notices import Say
from flame_model.paint.paint_from_landmarks import has_colors, paint_head
from flame_model.paint.painted_texture import paint_texture
from flame_model.rigging.attached.fitted_shirt import with_shirt
from flame_model.rigging.attached.lid_parts import with_lid_parts
from flame_model.rigging.attached.mouth_parts import with_mouth_parts
from flame_model.rigging.blink_shapes import make_eyelids
from mappings.response.response_file import save_response
from mappings.scores.fit_by_landmarks import fit_mapping
from mappings.scores.mapping_card import MappingCard
from mappings.scores.mapping_folder import RESPONSE_NAME, write_mapping_folder
from mappings.scores.score_mapping import ScoreMapping
from mappings.tracking.landmarker_bundle import locate_bundle
from mappings.tracking.tracker import FaceTracker

HEAD_READINGS = 800
"""Readings in each round of measuring a response; fewer than `flame-cam mapping respond` takes, because the
user waits for them."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the steps need besides the head."""

    imported: ImportedHead
    folder: Path
    """Where the steps write their files."""
    landmarker: Path | None
    """The tracker's bundle; None for the usual places."""
    say: Say
    readings: int = HEAD_READINGS
    """Readings in each round of measuring the response; 0 leaves the response out."""


Step = Callable[[Head, Preparation], Head]


def _put_on_texture(head: Head, work: Preparation) -> Head:
    """Return the head with the mean texture of its companion file, if there is one."""
    texture = work.imported.companions.texture
    return head if texture is None else textured(head, texture)


def _add_landmarks(head: Head, work: Preparation) -> Head:
    """Return the head with the places of the tracker's landmarks, where the tracker finds a face on it."""
    if head.landmarks is not None:
        return head
    with FaceTracker(locate_bundle(work.landmarker)) as tracker:
        try:
            places = find_landmarks(head, tracker)
        except InputError as error:
            work.say(f"{error} Without landmarks the head gets no paint and no mapping.")
            return head
    embedding = work.imported.companions.embedding
    return replace(head, landmarks=with_published(head, places, embedding, work.say) if embedding else places)


def _add_blink_shapes(head: Head, work: Preparation) -> Head:
    """Return the head with blink shapes, where it has none and its eyes can be found."""
    if head.eyelid_basis.any():
        return head
    try:
        basis, arc, hold = make_eyelids(head)
    except InputError as error:
        work.say(f"{error} Its eyes do not close.")
        return head
    return replace(head, eyelid_basis=basis, eyelid_arc=arc, eyelid_hold=hold)


def _attach_parts(head: Head, work: Preparation) -> Head:
    """Return the head, where it has landmarks, with the parts for lids, mouth and neck that it lacks."""
    if head.landmarks is None:
        return head
    try:
        head = with_lid_parts(head)
    except InputError as error:
        work.say(f"{error} It gets no lashes.")
    assert head.landmarks
    return with_shirt(with_mouth_parts(head, head.landmarks), head.landmarks)


def _paint(head: Head, work: Preparation) -> Head:
    """Return the head with a painted texture, where it has landmarks and no colours of its own."""
    if head.landmarks is None or (has_colors(head) and not work.imported.painted):
        return head
    painted = head if work.imported.painted else paint_head(head, head.landmarks)
    return paint_texture(painted, head.landmarks, bare_share(head, work.imported.companions.masks or {}))


def _save(head: Head, work: Preparation) -> Head:
    """Write the head's file."""
    save_head(head, work.folder / HEAD_FILE)
    return head


def _write_mapping(head: Head, work: Preparation) -> Head:
    """Write the head's mapping, taken from its rig or fitted, where it has landmarks."""
    if head.landmarks is not None:
        from_rig = work.imported.make_mapping
        arrays = from_rig(head) if from_rig else fit_mapping(head, _reference_landmarks(work))
        source = f"{'written down from the rig' if from_rig else 'fitted to the head'} by flame-cam heads add"
        licence = head.provenance.licence or "as the head's"
        card = MappingCard(head.name, head.expression_count, licence, source)
        write_mapping_folder(work.folder / MAPPING_FOLDER, arrays, card)
    return head


def _reference_landmarks(work: Preparation) -> LandmarkPlaces | None:
    """Return the built-in head's landmarks that match the head's; None for the true ones.

    A head whose file holds its landmarks is matched by true landmarks, one whose landmarks were found by
    found ones.
    """
    if work.imported.head.landmarks is not None:
        return None
    embedding = work.imported.companions.embedding
    published = embedding.landmarks if embedding else np.zeros(0, dtype=np.int32)
    with FaceTracker(locate_bundle(work.landmarker)) as tracker:
        return builtin_landmarks(tracker, published)


def _measure_response(head: Head, work: Preparation) -> Head:
    """Measure the head's response and write it into the mapping folder, where there is one."""
    folder = work.folder / MAPPING_FOLDER
    if not work.readings or not folder.is_dir():
        return head
    animated = AnimatedHead(head, ScoreMapping.load(folder).for_head(head))
    try:
        response = measure_response(animated, locate_bundle(work.landmarker), work.readings)
    except InputError as error:
        work.say(f"{error} The head is animated by scores alone.")
        return head
    save_response(response, folder / RESPONSE_NAME)
    return head


def _draw_picture(head: Head, work: Preparation) -> Head:
    """Write the head's picture."""
    write_picture(head, work.folder / PICTURE_FILE)
    return head


STEPS: tuple[tuple[str, Step], ...] = (
    ("colours", _put_on_texture),
    ("landmarks", _add_landmarks),
    ("eyelids", _add_blink_shapes),
    ("parts", _attach_parts),
    ("paint", _paint),
    ("file", _save),
    ("mapping", _write_mapping),
    ("response", _measure_response),
    ("picture", _draw_picture),
)


def prepare_head(name: str, work: Preparation) -> Head:
    """Take the imported head through every step, write the results into `work.folder`, return it as `name`.

    A bar on stderr shows the step where a terminal is attached. Raises FlameCamError.
    """
    # Before the first OpenGL context, because measuring the response draws and tracks at the same time.
    share_few_cores()
    head = replace(work.imported.head, name=name)
    work = replace(work, say=_beside_bars(work.say))
    with tqdm(STEPS, leave=False, disable=None, bar_format="{desc}{n_fmt} of {total_fmt}") as bar:
        for title, step in bar:
            bar.set_description(title)
            try:
                head = step(head, work)
            except np.linalg.LinAlgError as error:
                raise HeadFileError(
                    f"The head {name!r} gets no {title} because its mesh is not that of a head; give another."
                ) from error
    return head


def _beside_bars(say: Say) -> Say:
    """Return `say` on lines of its own while a bar is shown."""

    def say_beside_bars(text: str) -> None:
        with tqdm.external_write_mode():
            say(text)

    return say_beside_bars
