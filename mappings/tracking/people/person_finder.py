"""Find the person in the pictures of a source, one by one: whoever is there, the same one is meant."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from flame_model.arrays import Picture
from flame_model.notices import Say
from mappings.frames import FaceObservation, Frame
from mappings.tracking.people.face import Face
from mappings.tracking.people.person import Person
from mappings.tracking.people.telling import Telling
from mappings.tracking.people.view_finder import ViewFinder
from mappings.tracking.views.view import View
from mappings.tracking.views.zoom import Zoom


class Seen(NamedTuple):
    """Hold a picture as it is looked at, and what was seen of the person in it."""

    picture: Picture
    """(H, W, 3), turned upright where it was not."""
    observation: FaceObservation | None
    """In the pixels of `picture`; None for no face."""


class Found(NamedTuple):
    """Hold the faces in what is looked at of a picture."""

    part: Picture
    """What is looked at; places of faces are in its pixels."""
    person: Face | None
    others: tuple[Face, ...]
    animals: tuple[Face, ...]


class PersonFinder:
    """Find the person in single pictures; nothing is smoothed.

    `still` says that the source is one picture, which is searched thoroughly; `zoom` asks for a part. What is
    worth knowing goes to `say`, each thing once. Use it from one thread at a time, and close it before the
    interpreter ends. Raises TrackerBundleError where `bundle` holds no FaceLandmarker.
    """

    def __init__(
        self, bundle: Path, *, still: bool = False, zoom: Zoom | None = None, say: Say = lambda _: None
    ) -> None:
        self._telling = Telling(say, still)
        self._views = ViewFinder(bundle, still, zoom, self._telling)
        self._person = Person()

    @property
    def view(self) -> View:
        """How pictures are looked at now."""
        return self._views.view

    def close(self) -> None:
        """Release the models; a second call does nothing."""
        self._views.close()

    def forget(self) -> None:
        """Take whoever comes next for the person; how pictures are looked at stays."""
        self._person.forget()

    def observe(self, frame: Frame) -> Seen:
        """Return what is seen of the person in `frame`."""
        person = self.find(frame).person
        return self.seen(frame, None if person is None else person.observation)

    def seen(self, frame: Frame, observation: FaceObservation | None) -> Seen:
        """Return a frame and what was seen in the part of it that is looked at as of all of it."""
        whole = None if observation is None else self.view.as_whole(observation, frame.image)
        return Seen(self.view.turned(frame.image), whole)

    def find(self, frame: Frame) -> Found:
        """Return the faces in `frame`, and which of them is the person's."""
        view = self.view
        faces = self._views.find(frame)
        if self.view != view:
            # Places that are remembered lie in another picture.
            self._person.forget()
        part = self.view.part(frame.image)
        person = self._person.among(faces, part, frame.time_s)
        others = tuple(face for face in faces if face is not person)
        if person is not None:
            self._person.see(person.observation, part)
            self._person.see_others(others)
        self._telling.faces(len(faces))
        return Found(part, person, others, tuple(self._views.animals))

    def find_others(self, frame: Frame) -> int:
        """Take note of who else is in `frame`; return how many they are."""
        faces = self._views.look(frame)
        others = [face for face in faces if not self._person.is_at(face.place)]
        self._person.see_others(others)
        self._telling.faces(len(faces))
        return len(others)

    def see(self, observation: FaceObservation, part: Picture) -> None:
        """Take in where the person is in a part of a picture that is looked at."""
        self._person.see(observation, part)
