"""Find the person in the pictures of a source, one by one, always the same one of several people."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from flame_model.arrays import Picture
from flame_model.notices import Say
from mappings.frames import FaceObservation, Frame
from mappings.tracking.people.face import Face
from mappings.tracking.people.notices import Notices
from mappings.tracking.people.person import Person
from mappings.tracking.people.view_finder import ViewFinder
from mappings.tracking.views.view import View
from mappings.tracking.views.zoom import Zoom


class Seen(NamedTuple):
    """A picture as it was tracked, and the person's observation in it."""

    picture: Picture
    """(H, W, 3), turned upright where it was not."""
    observation: FaceObservation | None
    """In the pixels of `picture`; None for no face."""


class Found(NamedTuple):
    """The faces in the viewed part of a picture."""

    part: Picture
    """The viewed part; places of faces are in its pixels."""
    person: Face | None
    """The followed person's face."""
    others: tuple[Face, ...]
    """Faces of other people."""
    animals: tuple[Face, ...]
    """Faces that are not human."""


class PersonFinder:
    """Find the person in single pictures; nothing is smoothed.

    `still` is true for a source of one picture, which is searched thoroughly; `zoom` asks for a part of the
    pictures. Notices go to `say`, each kind once. Use it from one thread at a time, and close it before the
    interpreter ends. Raises TrackerBundleError where `bundle` holds no FaceLandmarker.
    """

    def __init__(
        self, bundle: Path, *, still: bool = False, zoom: Zoom | None = None, say: Say = lambda _: None
    ) -> None:
        self._notices = Notices(say, still)
        self._views = ViewFinder(bundle, still, zoom, self._notices)
        self._person = Person()

    @property
    def view(self) -> View:
        """The current view of the pictures."""
        return self._views.view

    def close(self) -> None:
        """Release the models; a second call has no effect."""
        self._views.close()

    def forget(self) -> None:
        """Forget the person, so that the next one is whoever comes first; the view stays."""
        self._person.forget()

    def observe(self, frame: Frame) -> Seen:
        """Return the observation of the person in `frame`."""
        person = self.find(frame).person
        return self.seen(frame, None if person is None else person.observation)

    def seen(self, frame: Frame, observation: FaceObservation | None) -> Seen:
        """Return a frame with an observation in its viewed part as one in the whole picture."""
        whole = None if observation is None else self.view.as_whole(observation, frame.image)
        return Seen(self.view.turned(frame.image), whole)

    def find(self, frame: Frame) -> Found:
        """Return the faces in `frame`, and which of them is the person's."""
        view = self.view
        faces = self._views.find(frame)
        if self.view != view:
            # Remembered places are in the pixels of another view.
            self._person.forget()
        part = self.view.part(frame.image)
        person = self._person.among(faces, part, frame.time_s)
        others = tuple(face for face in faces if face is not person)
        if person is not None:
            self._person.see(person.observation, part)
            self._person.see_others(others)
        self._notices.face_count(len(faces))
        return Found(part, person, others, tuple(self._views.animals))

    def find_others(self, frame: Frame) -> int:
        """Remember who else is in `frame` and return their number."""
        faces = self._views.faces(frame)
        others = [face for face in faces if not self._person.is_at(face.place)]
        self._person.see_others(others)
        self._notices.face_count(len(faces))
        return len(others)

    def see(self, observation: FaceObservation, part: Picture) -> None:
        """Remember an observation of the person in the viewed part of a picture."""
        self._person.see(observation, part)
