"""What the window shows: the head, the inset and the words, in that order."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from app.live.performing import Performed
from app.recording.contract import Picture
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params
from render.interrupts import interrupts_held
from render.look import Background
from render.overlay import Overlay, OverlayState
from render.panel import Answer
from render.picture_pass import PicturePass
from render.snapshot import Snapshot
from render.stage import Stage
from render.window import DoubleClicked, Dragged, Event, Pointed, Scrolled, Window

LOST_DIM = 0.6
ORBIT_RADIANS = math.pi
"""For a drag across the whole window."""


class Scene:
    """Draw performances into a window whose context is current; `release()` before it goes."""

    @interrupts_held()
    def __init__(
        self, window: Window, head: Head, background: Background, picture_size: tuple[int, int]
    ) -> None:
        self.show_inset = True
        self._window = window
        self._background = background
        self._stage = Stage(head)
        self._camera = self._stage.home_camera()
        self._inset = PicturePass()
        self._overlay = Overlay()
        self._snapshot = Snapshot(self._stage, picture_size)
        self._rest = rest_params(head.expression_count)
        self.answer: Answer | None = None
        """What was done with the panel in the last picture, None without one."""

    @interrupts_held()
    def draw(self, performed: Performed | None, words: OverlayState, record: bool = False) -> Picture | None:
        """Draw one picture of the window, the head at rest before the first performance.

        With `record` return the head alone, as `picture` does; from the window where it has the same size.
        """
        size, self.answer = self._window.framebuffer_size, None
        if 0 in size:
            return self.picture(performed) if record else None
        self._stage.draw(self._params(performed), self._camera, size, self._background)
        picture = None
        if record:
            picture = self._snapshot.grab() if size == self._snapshot.size else self.picture(performed)
        self._draw_over(performed, words, size)
        return picture

    def _draw_over(self, performed: Performed | None, words: OverlayState, size: tuple[int, int]) -> None:
        if self.show_inset and performed is not None and performed.image is not None:
            landmarks = performed.observation.landmarks if performed.observation is not None else None
            self._inset.draw(performed.image, size, LOST_DIM if performed.lost else 0.0, landmarks)
        self.answer = self._overlay.draw(words, size, self._window.content_scale)

    @interrupts_held()
    def picture(self, performed: Performed | None) -> Picture:
        """Return the head alone, as it is recorded, (H, W, 4)."""
        return self._snapshot.take(self._params(performed), self._camera, self._background)

    @interrupts_held()
    def wear(self, identity: npt.NDArray[np.floating]) -> None:
        """Give the head another face from the next picture on: coefficients (I,) added to its template."""
        self._stage.set_identity(identity)

    def use_mouse(self, event: Event) -> None:
        """Let the mouse use the panel, or orbit and zoom; a double-click resets the view."""
        if isinstance(event, Pointed):
            self._overlay.point(event.place, event.pressed)
        elif self._overlay.has_pointer:
            return
        elif isinstance(event, Dragged):
            scale = ORBIT_RADIANS / max(1, min(self._window.size))
            self._camera = self._camera.orbit(-scale * event.dx, scale * event.dy)
        elif isinstance(event, Scrolled):
            self._camera = self._camera.zoom(event.dy)
        elif isinstance(event, DoubleClicked):
            self.reset_view()

    def reset_view(self) -> None:
        """Go back to the front."""
        self._camera = self._camera.reset()

    def release(self) -> None:
        """Delete everything on the GPU."""
        for part in (self._snapshot, self._overlay, self._inset, self._stage):
            part.release()

    def _params(self, performed: Performed | None) -> HeadParams:
        return self._rest if performed is None else performed.params
