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
        self._opening: Opening[NextHead] | None = None
        self._wanted: Callable[[], NextHead] | None = None
        self._coming: NextHead | None = None
        self._making: Generator[None, None, HeadRenderer] | None = None
        self._made: HeadRenderer | None = None
        self._seen = False
        self.styling = self._style(settings.colors(), settings.style(animated.head))

    def driver(self) -> Driver:
        """Return a new driver of the head that is shown, for the person whose profile is used."""
        return self._driver_of(self.animated)

    def change(self, name: str) -> None:
        """Show another head by its name, in the same colours and hair as far as it has them."""
        if name != self.name:
            self._say(f"loading {name}")
        settings, colors, hair = self._settings, self.styling.colors, self.hair
        if name != settings.head:
            # Mapping and identity that the user named belong to the first head.
            settings = replace(settings, head=name, mapping=None, identity=None)
        settings = replace(settings, solver=self.tuning.solver)
        self._wanted = lambda: load_next(settings, colors, hair, self._say)

    def tune(self, tuning: Tuning) -> None:
        """Drive and frame the head otherwise from the next frame on."""
        before, self.tuning = self.tuning, tuning
        if tuning.framing != before.framing:
            self._screen.set_framing(tuning.framing)
        if tuning.solver != before.solver:
            self.change(self.name)
        elif tuning != before:
            self._drive(self.animated)

    def wear(self, head: Head) -> None:
        """Draw the same head with other hair."""
        self._wanted = lambda: NextHead(PreparedDrawing(head))

    def advance(self) -> None:
        """Go on with a change by one step, which takes some hundredths of a second at most."""
        if self._making is not None:
            self._make()
        elif self._opening is not None:
            self._take()
        elif self._wanted is not None and self._coming is None:
            self._opening, self._wanted = Opening("head", self._wanted), None

    def accepts(self, frame: LiveFrame) -> bool:
        """Return whether a frame is for the head that is shown, which it may have become by this frame."""
        head = self.animated if frame.driver is None else self._heads.get(frame.driver, self.animated)
        coming = self._coming
        if coming is not None and self._made is not None and head is coming.animated:
            self._show(coming)
        elif head is not self.animated:
            # Its source was opened for the head before.
            made = None if coming is None or self._made is None else coming.animated
            self._drive(made or self.animated)
            return False
        self._seen = True
        return True

    def _take(self) -> None:
        assert self._opening is not None
        try:
            self._coming = self._opening.opened
        except (FlameCamError, OSError) as error:
            self._say(str(error))
            self._opening = None
            return
        if self._coming is not None:
            self._opening = None
            self._making = self._screen.making(self._coming.drawing)

    def _make(self) -> None:
        assert self._making is not None
        assert self._coming is not None
        coming = self._coming
        try:
            next(self._making)
        except StopIteration as made:
            self._making, self._made = None, made.value
            if coming.animated is None or not self._seen:
                self._show(coming)
            if coming.animated is not None:
                self._drive(coming.animated)
        except FlameCamError as error:
            # A look may need what this head lacks.
            self._say(str(error))
            self._making = self._coming = None

    def _show(self, coming: NextHead) -> None:
        """Show what has been made."""
        assert self._made is not None
        other = coming.animated is not None and coming.name != self.name
        self._screen.show_head(self._made, other=other)
        self._coming = self._made = None
        if coming.animated is None:
            return
        self.animated = coming.animated
        if other:
            self.name = coming.name
            self.styling = self._style(self.styling.colors, coming.style)
            self.changed()

    def _style(self, colors: PersonColors, style: str) -> Styling:
        return Styling(
            self.animated.head, colors, style, set_colors=self._screen.set_colors, set_head=self.wear
        )

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
        if self._coming is not None and animated is self._coming.animated:
            return self._coming.drawing.head
        return self._screen.head

    def _drive(self, animated: AnimatedHead) -> None:
        """Ask the tracking thread to drive a head for the person who is followed."""
        following = self._driver_of(animated)

        def take_over(_: Observer, driver: Driver) -> Driver:
            following.take_over(driver)
            return following

        self._ask(take_over)
