"""The background of a live run, which the panel changes."""

from __future__ import annotations

from app.live.threads.playing_background import PlayingBackground
from app.pipeline.backgrounds import CAMERA, Backgrounds, open_backgrounds
from flame_model.arrays import Picture
from render.scene.background import COLOR_NAMES, AnyBackground


class ShownBackgrounds(Backgrounds):
    """The backgrounds that were named last; use it from the main thread."""

    def __init__(self, text: str) -> None:
        """Open the backgrounds that `text` names. Raises as `open_backgrounds` does."""
        super().__init__()
        self._inner = open_backgrounds(text, PlayingBackground)
        self.names = tuple(dict.fromkeys(("studio", CAMERA, *COLOR_NAMES, text)))
        """What can be chosen: the names that every window can show, and what the run began with."""

    @property
    def now(self) -> AnyBackground:
        """The background of the next picture."""
        return self._inner.now

    def see(self, image: Picture | None) -> None:
        """Take the source's picture of the next picture."""
        self._inner.see(image)

    def show(self, text: str) -> None:
        """Show other backgrounds. Raises as `open_backgrounds` does, and the present ones stay."""
        inner = open_backgrounds(text, PlayingBackground)
        self._inner.close()
        self._inner = inner

    def close(self) -> None:
        """Close what the background is read from."""
        self._inner.close()
