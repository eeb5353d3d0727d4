"""One of several names that the window shows, such as looks: chosen in the panel, or the next by a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flame_model.errors import InputError
from flame_model.notices import Say
from render.ui.widgets import Choice


class NamedChoice:
    """The name that is shown; use it from the main thread."""

    def __init__(
        self,
        label: str,
        names: Sequence[str],
        name: str,
        *,
        setting: str,
        show: Callable[[str], object],
        say: Say,
        hint: str = "",
    ) -> None:
        """Start with a name that is shown already; `show` shows another one or raises InputError.

        `label` is what the names are called in the panel and in notices, `setting` the field of LiveSettings.
        """
        self.label = label
        self.setting = setting
        self._hint = hint
        self.name = name
        self._names = names
        self._show = show
        self._say = say

    def choice(self) -> Choice:
        """Return the choice to draw in a panel."""
        return Choice(self.label, self._names, self.name, self._hint)

    def show(self, name: str) -> bool:
        """Show a name; where that cannot be, a notice says why and False is returned."""
        try:
            self._show(name)
        except InputError as error:
            self._say(str(error))
            return False
        self.name = name
        return True

    def next(self) -> None:
        """Show the next name that can be shown, the first after the last, and say it."""
        name = self._after(self.name)
        while name != self.name and not self.show(name):
            name = self._after(name)
        self._say(f"{self.label}: {self.name}")

    def _after(self, name: str) -> str:
        return self._names[(self._names.index(name) + 1) % len(self._names)]
