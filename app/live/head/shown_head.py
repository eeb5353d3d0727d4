"""The head that the window shows: its drivers, and the change to another head without a stop."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from weakref import WeakKeyDictionary

from app.live.head.next_head import NextHead, load_next
from app.live.head.tuning import Tuning
from app.live.panel.styling import Styling
from app.live.screen import Screen
from app.live.settings import LiveSettings
from app.live.threads.animating import LiveFrame
from app.live.threads.requests import Request
from app.model.animated_head import AnimatedHead
from app.pipeline.observer import Observer
from app.pipeline.placing import framed_placement
from app.system.opening import Opening
from flame_model.errors import FlameCamError
from flame_model.head import Head
from flame_model.notices import Say
from flame_model.paint.hair.styles import NONE
from flame_model.paint.recoloring.person_colors import PersonColors
from mappings.adjusting.adjustments import Adjustments
from mappings.motion.driver import Driver
from mappings.person.profile import Profile
from render.head_renderer import HeadRenderer, PreparedDrawing


class ShownHead:
    """The head of a live run; use it from the main thread.

    Another head is loaded on a thread, its renderer is made in steps between pictures, then the tracking
    thread is asked to drive it, and with the first frame that is for it the window shows it. So no frame is
    ever drawn on another head than the one it was made for.
    """

    def __init__(
        self,
        animated: AnimatedHead,
        screen: Screen,
        settings: LiveSettings,
        tuning: Tuning,
        *,
        profile: Callable[[], Profile | None],
        adjustments: Callable[[], Adjustments],
        ask: Callable[[Request], object],
        say: Say,
    ) -> None:
        """Begin with a bare head that the screen shows, dressed, already."""
        self.animated = animated
        self.name = settings.head
        self.hair = settings.hair
        """The style that heads shall wear where they can, None for the usual one."""
        self.tuning = tuning
        self.changed: Callable[[], object] = lambda: None
        """Called when another head is shown."""
        self._screen = screen
        self._settings = settings
        self._profile = profile
        self._adjustments = adjustments
        self._ask = ask
        self._say = say
        self._heads: WeakKeyDictionary[Driver, AnimatedHead] = WeakKeyDictionary()
        self._wanted: Callable[[], NextHead] | None = None
        """Loads another head or solver, once what is on its way has come."""
        self._wanted_drawing: Head | None = None
        """The same head with other hair, which comes after that."""
        self._leaving = False
        """Whether another head was asked for and is not shown yet."""
        self._redrawing = False
        """Whether other hair was asked for and is not shown yet."""
        self._opening: Opening[NextHead] | None = None
        self._coming: NextHead | None = None
        self._making: Generator[None, None, HeadRenderer] | None = None
        self._made: HeadRenderer | None = None
        self._ready = False
        """Whether what is coming can be shown, as soon as a frame is for it."""
        self._seen = False
        self.styling = self._style(settings.colors(), settings.style(animated.head))

    def driver(self) -> Driver:
        """Return a new driver of the head that is shown, for the person whose profile is used."""
        return self._driver_of(self.animated)

    def change(self, name: str) -> None:
        """Show another head by its name, in the same colours and hair as far as it has them."""
        settings, colors, hair = self._settings, self.styling.colors, self.hair
        if name != settings.head:
            # Mapping and identity that the user named belong to the first head.
            settings = replace(settings, head=name, mapping=None, identity=None)
        settings = replace(settings, solver=self.tuning.solver)
        self._say(f"loading {name}")
        self._wanted, self._wanted_drawing = lambda: load_next(settings, colors, hair, self._say), None
        self._leaving = True

    def tune(self, tuning: Tuning) -> None:
        """Drive and frame the head otherwise from the next frame on."""
        before, self.tuning = self.tuning, tuning
        if tuning.framing != before.framing:
            self._screen.set_framing(tuning.framing)
        if tuning.solver != before.solver:
            self._wanted = self._load_solver
        elif tuning != before:
            self._drive(self.animated)

    def wear(self, head: Head) -> None:
        """Draw the same head with other hair, unless another head is on its way."""
        if not self._leaving:
            self._wanted_drawing, self._redrawing = head, True

    def color(self, head: Head) -> None:
        """Draw the same head in other colours, unless another head is on its way."""
        if self._redrawing:
            # What the screen shows has other hair, and thus other vertices.
            self.wear(head)
        elif not self._leaving:
            self._screen.set_colors(head)

    def advance(self) -> None:
        """Go on with a change by one step, which takes some hundredths of a second at most."""
        if self._making is not None:
            self._make()
        elif self._opening is not None:
            self._take()
        elif self._coming is None:
            drawn = self._wanted_drawing
            if self._wanted is not None:
                self._opening, self._wanted = Opening("head", self._wanted), None
            elif drawn is not None:
                self._wanted_drawing = None
                self._opening = Opening("head", lambda: NextHead(PreparedDrawing(drawn)))

    def accepts(self, frame: LiveFrame) -> bool:
        """Return whether a frame is for the head that is shown, which it may have become by this frame."""
        head = self.animated if frame.driver is None else self._heads.get(frame.driver, self.animated)
        coming = self._coming
        if coming is not None and self._ready and head is coming.animated:
            self._show(coming)
        elif head is not self.animated:
            # Its source was opened for the head before.
            ready = None if coming is None or not self._ready else coming.animated
            self._drive(ready or self.animated)
            return False
        self._seen = True
        return True

    def _load_solver(self) -> NextHead:
        """Load the head that is shown once more, with the solver of now."""
        settings = replace(self._settings, solver=self.tuning.solver)
        if self.name != settings.head:
            settings = replace(settings, head=self.name, mapping=None, identity=None)
        return NextHead(animated=settings.animated_head(self._say, hair=NONE), name=self.name)

    def _take(self) -> None:
        """Take over what was loaded."""
        assert self._opening is not None
        try:
            self._coming = self._opening.opened
        except (FlameCamError, OSError) as error:
            self._opening = None
            self._give_up(error)
            return
        if self._coming is None:
            return
        self._opening = None
        if self._coming.drawing is None:
            self._arrive(self._coming)
        else:
            self._making = self._screen.making(self._coming.drawing)

    def _make(self) -> None:
        """Make the renderer by one step."""
        assert self._making is not None
        assert self._coming is not None
        try:
            next(self._making)
        except StopIteration as made:
            self._making, self._made = None, made.value
            self._arrive(self._coming)
        except FlameCamError as error:
            # A look may need what this head lacks.
            self._making = self._coming = None
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Stay with the head that is shown, in the colours and the hair that were chosen meanwhile."""
        self._say(str(error))
        if self._leaving:
            self._leaving = False
            self.styling.draw_again()

    def _arrive(self, coming: NextHead) -> None:
        """Show what has been made, with the first frame that is for it."""
        self._ready = True
        if coming.animated is None or not self._seen:
            self._show(coming)
        if coming.animated is not None:
            self._drive(coming.animated)

    def _show(self, coming: NextHead) -> None:
        other = coming.animated is not None and coming.name != self.name
        if self._made is not None:
            self._screen.show_head(self._made, other=other)
        self._coming, self._made, self._ready = None, None, False
        self._redrawing = self._wanted_drawing is not None
        self.animated = coming.animated or self.animated
        if coming.drawing is not None and coming.animated is not None:
            self.name, self._leaving = coming.name, False
            self.styling = self._style(coming.colors, coming.style)
        if other:
            self.changed()

    def _style(self, colors: PersonColors, style: str) -> Styling:
        return Styling(self.animated.head, colors, style, set_colors=self.color, set_head=self.wear)

    def _driver_of(self, animated: AnimatedHead) -> Driver:
        tuning = self.tuning
        driver = animated.driver(
            framed_placement(self._drawn(animated), tuning.framing),
            tuning.smoothing,
            self._profile(),
            neck_share=tuning.shares,
            adjustments=self._adjustments(),
        )
        self._heads[driver] = animated
        return driver

    def _drawn(self, animated: AnimatedHead) -> Head:
        """Return a head as it is drawn, with its hair, which belongs into the picture too."""
        coming = self._coming
        if coming is not None and animated is coming.animated and coming.drawing is not None:
            return coming.drawing.head
        return self._screen.head

    def _drive(self, animated: AnimatedHead) -> None:
        """Ask the tracking thread to drive a head for the person who is followed."""
        following = self._driver_of(animated)

        def take_over(_: Observer, driver: Driver) -> Driver:
            following.take_over(driver)
            return following

        self._ask(take_over)
