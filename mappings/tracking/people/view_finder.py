"""Choose the view of a source's pictures: turned upright, or closer, where no face is seen otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mappings.frames import Frame
from mappings.tracking.people.appearance import HUMAN_MISFIT, SURE_MISFIT
from mappings.tracking.people.face import Face, FaceInView, count_people
from mappings.tracking.people.face_finder import FaceFinder, area
from mappings.tracking.people.notices import Notices
from mappings.tracking.people.search_schedule import SearchSchedule
from mappings.tracking.views.region import Region
from mappings.tracking.views.view import LEVELS, TURNS, View, parts, size_of
from mappings.tracking.views.zoom import Zoom

LYING, UPRIGHT = 60.0, 45.0
"""Degrees of roll: a face that leans by more than LYING may be in a picture that lies on its side, and a face
that leans by up to UPRIGHT confirms the turn of a picture."""
CERTAIN_MISFIT = 0.030
"""Misfit up to which an upright face is certain. First frames of clips have 0.023 or less. Pictures that are
upside down, in which brows are taken for lips, have 0.035 or more."""
BETTER = 0.75
"""Ratio to the misfit of an uncertain face up to which a face in a turned picture is preferred."""
SMALL = 0.15
"""Width of a face over that of the picture, below which the detector begins to miss it."""
WIDE_ENOUGH = 0.25
"""Width of the face over that of the picture with the zoom that is recommended."""


class ViewFinder:
    """Find the faces in the pictures of a source, and choose the view in which they are seen.

    `still` is true for a source of one picture, which is searched at once and thoroughly; `zoom` asks for a
    part. Raises TrackerBundleError.
    """

    def __init__(self, bundle: Path, still: bool, zoom: Zoom | None, notices: Notices) -> None:
        self.view = View()
        self.animals: list[Face] = []
        """The faces in the picture viewed last that are not human."""
        self._finder = FaceFinder(bundle)
        self._still, self._zoom, self._notices = still, zoom, notices
        self._search = SearchSchedule()
        self._begun = False
        self._face_was_seen = False
        self._too_small = False
        """Whether a face was found that is too small to be tracked."""

    def close(self) -> None:
        """Release the models; a second call has no effect."""
        self._finder.close()

    def faces(self, frame: Frame) -> list[Face]:
        """Return the human faces in the view of a frame, the largest first."""
        faces = self._all_faces(frame, self.view)
        self.animals = [face for face in faces if face.appearance.misfit > HUMAN_MISFIT]
        return [face for face in faces if face.appearance.misfit <= HUMAN_MISFIT]

    def find(self, frame: Frame) -> list[Face]:
        """Return the faces in a frame, after changing the view where that is needed to see them."""
        faces = self.faces(frame)
        first_sight = not self._begun or (bool(faces) and not self._face_was_seen)
        if first_sight and self.view.region is None and (turns := self._needed_turns(frame, faces)):
            self._turn(turns)
            faces = self.faces(frame)
        if not self._begun:
            self._begun = True
            faces = self._begin(frame, faces)
        elif not faces and not self._still:
            faces = self._search_next_view(frame)
        if faces:
            self._face_was_seen = True
            self._search.reset()
        return faces

    def _begin(self, frame: Frame, faces: list[Face]) -> list[Face]:
        """Return the faces in the first frame, for which zoom and search are done at once."""
        size = size_of(self.view.turned(frame.image))
        if self._zoom is not None and self._zoom.middle is not None:
            return self._zoom_in(frame, np.multiply(self._zoom.middle, size))
        if self._zoom is not None and faces:
            return self._zoom_in(frame, faces[0].place.centre)
        if not faces and (self._still or self._zoom is not None):
            found = self._search_everywhere(frame)
            if found is not None:
                return self._adopt(frame, found)
        if not faces and self._zoom is not None:
            return self._zoom_in(frame, np.multiply(0.5, size))
        return faces

    def _needed_turns(self, frame: Frame, faces: Sequence[Face]) -> int:
        """Return the quarter turns that a picture needs to show its face upright, 0 for none."""
        best = min((face.appearance.misfit for face in faces if face.roll <= LYING), default=np.inf)
        if best <= CERTAIN_MISFIT:
            return 0
        turned = [found for turns in TURNS for found in self._sure_faces(frame, View(turns))]
        surest = min(turned, key=lambda found: found.misfit, default=None)
        return surest.view.turns if surest is not None and surest.misfit <= BETTER * best else 0

    def _search_everywhere(self, frame: Frame) -> FaceInView | None:
        """Search the parts of a frame, large ones first and turned ones last, and return the largest face."""
        for views in self._search_levels(size_of(frame.image)):
            faces = [found for view in views for found in self._sure_faces(frame, view)]
            faces = [found for found in faces if self._sure_faces(frame, found.close_up(frame.image))]
            if faces:
                turns = min(faces, key=lambda found: found.misfit).view.turns
                upright = [found for found in faces if found.view.turns == turns]
                self._notices.face_count(count_people(upright))
                return max(upright, key=lambda found: area(found.face.observation))
        return None

    def _search_levels(self, size: tuple[int, int]) -> Iterator[Iterable[View]]:
        """Yield the views to search level by level, each level only after the one before showed no face."""
        yield from parts(size, self.view.turns)
        if not self.view.turns:
            for views in zip(*(parts(size, turns, LEVELS - 1) for turns in TURNS), strict=True):
                yield chain.from_iterable(views)

    def _search_next_view(self, frame: Frame) -> list[Face]:
        """Search one more view of a clip or camera that shows no face, where one is due."""
        view = self._search.next(frame.time_s, lambda: self._search_round(size_of(frame.image)))
        if view is None or not (faces := self._sure_faces(frame, view)):
            return []
        return self._adopt(frame, faces[0])

    def _search_round(self, size: tuple[int, int]) -> Iterator[View]:
        """Yield the views to search while no face is seen."""
        turns = self.view.turns
        if not (self._face_was_seen or turns):
            yield from map(View, TURNS)
        closer = chain.from_iterable(parts(size, turns))
        if self._zoom is None and not self._too_small:
            yield from closer
        elif self._zoom is not None and self._zoom.middle is None:
            yield View(turns)
            yield from closer

    def _adopt(self, frame: Frame, found: FaceInView) -> list[Face]:
        """Change to a view that suits a face found in another view, and return the faces in it."""
        if found.view.turns != self.view.turns:
            self._turn(found.view.turns)
        if self._zoom is not None:
            return self._zoom_in(frame, found.place.centre)
        if found.view.region is None:
            return self.faces(frame)
        share = found.place.width / size_of(self.view.turned(frame.image))[0]
        if self._still:
            self.view = found.close_up(frame.image)
            if share < SMALL:
                self._notices.once("small", f"the face is small: {100 * share:.1f} % of the picture's width")
            return self.faces(frame)
        if share < SMALL:
            self._too_small = True
            zoom = max(2, round(WIDE_ENOUGH / share))
            self._notices.once("small", f"the face is too small: come nearer, or use --zoom {zoom}")
        return []

    def _zoom_in(self, frame: Frame, middle: npt.ArrayLike) -> list[Face]:
        """Change to the part of the asked size around `middle` (x, y), and return the faces in it."""
        size = size_of(self.view.turned(frame.image))
        factor = 1.0 if self._zoom is None else self._zoom.factor
        extent = (size[0] / factor, size[1] / factor)
        self.view = View(self.view.turns, Region.around(middle, extent, size))
        return self.faces(frame)

    def _turn(self, turns: int) -> None:
        self.view = View(turns)
        self._notices.once("turned", f"the picture lies {TURNS[turns]}: it is turned upright")

    def _all_faces(self, frame: Frame, view: View) -> list[Face]:
        """Return all faces in a view, the largest first, those of animals as well."""
        found = self._finder.find(Frame(frame.index, frame.time_s, view.part(frame.image)))
        return [Face.of(each) for each in found]

    def _sure_faces(self, frame: Frame, view: View) -> list[FaceInView]:
        """Return the certain faces in a view where none was expected, the largest first."""
        return [
            FaceInView(view, face)
            for face in self._all_faces(frame, view)
            if face.appearance.misfit <= SURE_MISFIT and face.roll <= UPRIGHT
        ]
