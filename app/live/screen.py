"""Draw the head, the camera inset and the overlay's words into the window, in that order."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import replace

from app.live.threads.animating import LiveFrame
from app.pipeline.backgrounds import Backgrounds
from flame_model.arrays import Float64Array, Picture
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params
from render.framing import DEFAULT, Framing, suited
from render.head_renderer import HeadRenderer, PreparedDrawing
from render.looks.names import DEFAULT_LOOK
from render.passes.inset_pass import InsetPass
from render.picture_renderer import Snapshot
from render.platform.delayed_interrupts import interrupts_held
from render.platform.events import (
    DoubleClicked,
    Dragged,
    Event,
    KeyPressed,
    KeyReleased,
    Pointed,
    Scrolled,
)
from render.platform.window import Window
from render.scene.background import STUDIO, AnyBackground
from render.scene.lighting import Lighting
from render.ui.overlay import Overlay, OverlayState
from render.ui.panel import PANEL_KEYS, PanelAnswer, picture_size
from render.ui.review import ReviewAnswer
from render.ui.timeline import TimelineAnswer

LOST_DIM = 0.6
"""How much the inset is darkened while the source is lost, 0..1; chosen by eye."""
ORBIT_RADIANS = math.pi
"""Turn of the view for a drag across the whole window."""


class Screen:
    """Draws live frames into a window whose context is current; call `release` before it closes."""

    @interrupts_held()
    def __init__(
        self,
        window: Window,
        head: Head,
        backgrounds: Backgrounds,
        picture_size: tuple[int, int],
        lighting: Lighting,
        *,
        framing: Framing = DEFAULT,
        look: str = DEFAULT_LOOK,
    ) -> None:
        self.show_inset = True
        self.head_alone = False
        """Whether the inset is hidden whatever else is set."""
        self._window = window
        self._backgrounds = backgrounds
        self._background: AnyBackground = STUDIO
        self._framing = framing
        self._identity: Float64Array | None = None
        self._look, self._lighting = look, lighting
        self._renderer = HeadRenderer(head, lighting, look=look)
        self._camera = suited(self._renderer.home_camera(framing), picture_size)
        self._inset = InsetPass()
        self._overlay = Overlay()
        self._snapshot = Snapshot(self._renderer, picture_size)
        self._rest = rest_params(head.expression_count)
        self.panel_answer: PanelAnswer | None = None
        """What the user did with the panel, None where it was not drawn anew in the last picture."""
        self.timeline_answer: TimelineAnswer | None = None
        """What the user did with the timeline in the last picture, None where there was none."""
        self.question_answer: int | None = None
        """Number of the button that answered the question in the last picture."""
        self.review_answer: ReviewAnswer | None = None
        """What the user did with the review of a recording in the last picture."""

    @interrupts_held()
    def draw(self, live_frame: LiveFrame | None, words: OverlayState, record: bool = False) -> Picture | None:
        """Draw one picture of the window; before the first live frame the head is at rest.

        With `record`, return a picture of the head alone as `picture` does, or None. It is taken from the
        window where both have the same size.
        """
        size = self._window.framebuffer_size
        self.panel_answer = self.timeline_answer = self.question_answer = self.review_answer = None
        if 0 in size:
            return self.picture(live_frame) if record else None
        beside = size if words.panel is None else picture_size(size, self._window.content_scale)
        self._background = self._background_now(live_frame)
        self._renderer.draw(self._params(live_frame), self._camera, beside, self._background)
        picture = None
        if record:
            # The window's own framebuffer may have no alpha.
            shown = beside == self._snapshot.size and self._background.alpha >= 1.0
            picture = self._snapshot.grab() if shown else self.picture(live_frame)
        self._draw_inset(live_frame, beside)
        self._draw_words(words, size)
        return picture

    def _draw_inset(self, live_frame: LiveFrame | None, size: tuple[int, int]) -> None:
        inset = self.show_inset and not self.head_alone
        if inset and live_frame is not None and live_frame.image is not None:
            landmarks = live_frame.observation.landmarks if live_frame.observation is not None else None
            self._inset.draw(live_frame.image, size, LOST_DIM if live_frame.lost else 0.0, landmarks)

    def _draw_words(self, words: OverlayState, size: tuple[int, int]) -> None:
        self._overlay.draw(words, size, self._window.content_scale)
        self.panel_answer = self._overlay.panel_answer
        self.timeline_answer = self._overlay.timeline_answer
        self.question_answer = self._overlay.question_answer
        self.review_answer = self._overlay.review_answer

    @interrupts_held()
    def picture(self, live_frame: LiveFrame | None) -> Picture:
        """Return the picture (H, W, 4) of the head alone that recordings and screenshots hold."""
        self._background = self._background_now(live_frame)
        return self._snapshot.take(self._params(live_frame), self._camera, self._background)

    @interrupts_held()
    def set_identity(self, identity: Float64Array) -> None:
        """Add identity coefficients (I,) to the head's template from the next picture on."""
        self._identity = identity
        self._renderer.set_identity(identity)

    @interrupts_held()
    def set_colors(self, head: Head) -> None:
        """Draw the head in the colours of `head`, the same one in others, from the next picture on."""
        self._renderer.set_colors(head)

    @interrupts_held()
    def set_look(self, name: str) -> None:
        """Draw the head in another look from the next picture on. Raises InputError as `make_look` does."""
        self._renderer.set_look(name)
        self._look = name

    @interrupts_held()
    def set_lighting(self, lighting: Lighting) -> None:
        """Light the head otherwise from the next picture on."""
        self._renderer.set_lighting(lighting)
        self._lighting = lighting

    def set_framing(self, framing: Framing) -> None:
        """Show more or less of the head; the view stays turned and magnified as it is."""
        self._framing = framing
        home = suited(self._renderer.home_camera(framing), self._snapshot.size)
        self._camera = replace(self._camera, target=home.target, frame_height=home.frame_height)

    @property
    def head(self) -> Head:
        """The head as it is drawn."""
        return self._renderer.head

    def making(self, drawing: PreparedDrawing) -> Generator[None, None, HeadRenderer]:
        """Make the renderer of another head for `show_head`, in steps between which pictures may be drawn."""
        return HeadRenderer.in_steps(drawing, self._lighting, self._look)

    @interrupts_held()
    def show_head(self, renderer: HeadRenderer, *, other: bool) -> None:
        """Draw by a renderer from `making` from the next picture on, which this screen releases.

        An `other` head has a face of its own; the same head, with other hair, keeps the one that was set.
        """
        size = self._snapshot.size
        for part in (self._snapshot, self._renderer):
            part.release()
        self._renderer = renderer
        # They may have changed since its making began.
        renderer.set_lighting(self._lighting)
        renderer.set_look(self._look)
        self._identity = None if other else self._identity
        if self._identity is not None:
            renderer.set_identity(self._identity)
        self._rest = rest_params(renderer.head.expression_count)
        self._snapshot = Snapshot(renderer, size)
        self.set_framing(self._framing)

    def use_mouse(self, event: Event) -> None:
        """Pass the mouse to the panel, else orbit on a drag, zoom on a scroll and reset on a double-click."""
        if isinstance(event, Pointed):
            self._overlay.point(event.place, event.pressed)
        elif self._overlay.has_pointer:
            if isinstance(event, Scrolled):
                self._overlay.scroll(event.dy)
        elif isinstance(event, Dragged):
            scale = ORBIT_RADIANS / max(1, min(self._window.size))
            self._camera = self._camera.orbit(-scale * event.dx, scale * event.dy)
        elif isinstance(event, Scrolled):
            self._camera = self._camera.zoom(event.dy)
        elif isinstance(event, DoubleClicked):
            self.reset_view()

    def use_key(self, event: KeyPressed | KeyReleased) -> bool:
        """Pass a key to the panel; return False for a key that it does not use."""
        down = isinstance(event, KeyPressed)
        used = event.name in PANEL_KEYS and (event.name != "escape" or not down or self._overlay.list_is_open)
        if used:
            self._overlay.use_key(event.name, down)
        return used

    def reset_view(self) -> None:
        """Show the head from the front again."""
        self._camera = self._camera.reset()

    def release(self) -> None:
        """Delete all GPU objects."""
        for part in (self._snapshot, self._overlay, self._inset, self._renderer):
            part.release()

    def _background_now(self, live_frame: LiveFrame | None) -> AnyBackground:
        self._backgrounds.see(None if live_frame is None else live_frame.image)
        return self._backgrounds.now

    def _params(self, live_frame: LiveFrame | None) -> HeadParams:
        return self._rest if live_frame is None else live_frame.params
