"""Find how a source's pictures have to be looked at: turned, or closer, where no face is seen otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mappings.frames import Frame
from mappings.tracking.people.appearance import HUMAN, SURE
from mappings.tracking.people.face import Face
from mappings.tracking.people.face_in_view import FaceInView, count_people
from mappings.tracking.people.finder import FaceFinder, area
from mappings.tracking.people.rounds import Rounds
from mappings.tracking.people.telling import Telling
from mappings.tracking.views.region import Region
from mappings.tracking.views.view import LEVELS, TURNS, View, parts, size_of
from mappings.tracking.views.zoom import Zoom

LYING, UPRIGHT = 60.0, 45.0
"""Degrees of roll: beyond the first a picture may lie on its side, up to the second a turned one is right."""
UNDOUBTED = 0.030
"""Unlikeness up to which an upright face is one: first frames of clips have 0.023 and less; upside down,
where brows pass for lips, 0.035 and more."""
BETTER = 0.75
"""Of a doubtful face's unlikeness, below which a turned one's has to be."""
SMALL = 0.15
"""Of the picture's width, below which a face is small: the detector begins to miss it."""
WIDE_ENOUGH = 0.25
"""Of the picture, which a face should fill by the zoom that is recommended."""


class ViewFinder:
    """Look at the pictures of a source, and choose the view by what is seen in them.

    `still` says that the source is one picture, which is searched at once and thoroughly; `zoom` asks for a
    part. Raises TrackerBundleError.
    """

    def __init__(self, bundle: Path, still: bool, zoom: Zoom | None, telling: Telling) -> None:
        self.view = View()
        self.animals: list[Face] = []
        """What passed for faces at the last look, but is none of a person."""
        self._finder = FaceFinder(bundle)
        self._still, self._zoom, self._telling = still, zoom, telling
        self._rounds = Rounds()
        self._begun = self._seen = self._too_small = False

    def close(self) -> None:
        """Release the models; a second call does nothing."""
        self._finder.close()

    def look(self, frame: Frame) -> list[Face]:
        """Return the human faces in the view of a frame, the largest first."""
        faces = self._faces(frame, self.view)
        self.animals = [face for face in faces if face.appearance.unlikeness > HUMAN]
        return [face for face in faces if face.appearance.unlikeness <= HUMAN]

    def find(self, frame: Frame) -> list[Face]:
        """Return the faces in a frame, after a change of the view where they need one."""
        faces = self.look(frame)
        first_sight = not self._begun or (bool(faces) and not self._seen)
        if first_sight and self.view.region is None and (turns := self._turns(frame, faces)):
            self._turn(turns)
            faces = self.look(frame)
        if not self._begun:
            self._begun = True
            faces = self._begin(frame, faces)
        elif not faces and not self._still:
            faces = self._go_on(frame)
        if faces:
            self._seen = True
            self._rounds.rest()
        return faces

    def _begin(self, frame: Frame, faces: list[Face]) -> list[Face]:
        """Return the faces in the first frame, for which more is done than for others."""
        size = size_of(self.view.turned(frame.image))
        if self._zoom is not None and self._zoom.middle is not None:
            return self._look_closer(frame, np.multiply(self._zoom.middle, size))
        if self._zoom is not None and faces:
            return self._look_closer(frame, faces[0].place.centre)
        if not faces and (self._still or self._zoom is not None):
            sight = self._sight_anywhere(frame)
            if sight is not None:
                return self._adopt(frame, sight)
        if not faces and self._zoom is not None:
            return self._look_closer(frame, np.multiply(0.5, size))
        return faces

    def _turns(self, frame: Frame, faces: Sequence[Face]) -> int:
        """Return the quarter turns that a picture needs to show its face upright, 0 for none."""
        best = min((face.appearance.unlikeness for face in faces if face.roll <= LYING), default=np.inf)
        if best <= UNDOUBTED:
            return 0
        turned = [sight for turns in TURNS for sight in self._sure(frame, View(turns))]
        surest = min(turned, key=lambda sight: sight.unlikeness, default=None)
        return surest.view.turns if surest is not None and surest.unlikeness <= BETTER * best else 0

    def _sight_anywhere(self, frame: Frame) -> FaceInView | None:
        """Search the parts of a frame, large ones first and turned ones last, and return the largest face."""
        size = size_of(frame.image)
        turned = () if self.view.turns else (parts(size, turns, LEVELS - 1) for turns in TURNS)
        for views in chain(parts(size, self.view.turns), map(chain, *turned)):
            faces = [sight for view in views for sight in self._sure(frame, view)]
            faces = [sight for sight in faces if self._sure(frame, sight.close_up(frame.image))]
            if faces:
                turns = min(faces, key=lambda sight: sight.unlikeness).view.turns
                upright = [sight for sight in faces if sight.view.turns == turns]
                self._telling.faces(count_people(upright))
                return max(upright, key=lambda sight: area(sight.face.observation))
        return None

    def _go_on(self, frame: Frame) -> list[Face]:
        """Look at one more view of a clip or camera that shows no face."""
        view = self._rounds.next(frame.time_s, lambda: self._round(size_of(frame.image)))
        if view is None or not (faces := self._sure(frame, view)):
            return []
        return self._adopt(frame, faces[0])

    def _round(self, size: tuple[int, int]) -> Iterator[View]:
        """Yield the views that are worth a look while no face is seen."""
        turns = self.view.turns
        if not (self._seen or turns):
            yield from map(View, TURNS)
        closer = chain.from_iterable(parts(size, turns))
        if self._zoom is None and not self._too_small:
            yield from closer
        elif self._zoom is not None and self._zoom.middle is None:
            yield View(turns)
            yield from closer

    def _adopt(self, frame: Frame, sight: FaceInView) -> list[Face]:
        """Return what is seen of a face that was found in another view, by a view that suits it."""
        if sight.view.turns != self.view.turns:
            self._turn(sight.view.turns)
        if self._zoom is not None:
            return self._look_closer(frame, sight.place.centre)
        if sight.view.region is None:
            return self.look(frame)
        share = sight.place.width / size_of(self.view.turned(frame.image))[0]
        if self._still:
            self.view = sight.close_up(frame.image)
            if share < SMALL:
                self._telling.once("small", f"the face is small: {100 * share:.1f} % of the picture's width")
            return self.look(frame)
        if share < SMALL:
            self._too_small = True
            zoom = max(2, round(WIDE_ENOUGH / share))
            self._telling.once("small", f"the face is too small: come nearer, or use --zoom {zoom}")
        return []

    def _look_closer(self, frame: Frame, middle: npt.ArrayLike) -> list[Face]:
        """Return the faces in the part about `middle` that was asked for, and look at that from now on."""
        size = size_of(self.view.turned(frame.image))
        factor = 1.0 if self._zoom is None else self._zoom.factor
        extent = (size[0] / factor, size[1] / factor)
        self.view = View(self.view.turns, Region.around(middle, extent, size))
        return self.look(frame)

    def _turn(self, turns: int) -> None:
        self.view = View(turns)
        self._telling.once("turned", f"the picture lies {TURNS[turns]}: it is turned upright")

    def _faces(self, frame: Frame, view: View) -> list[Face]:
        """Return all faces of a view, the largest first, those of animals as well."""
        seen = self._finder.find(Frame(frame.index, frame.time_s, view.part(frame.image)))
        return [Face.of(each) for each in seen]

    def _sure(self, frame: Frame, view: View) -> list[FaceInView]:
        """Return the faces of a view where none was expected, the largest first, without doubtful ones."""
        faces = self._faces(frame, view)
        return [FaceInView(view, f) for f in faces if f.appearance.unlikeness <= SURE and f.roll <= UPRIGHT]
