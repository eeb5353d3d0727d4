"""The timeline of a take in the live window: what it shows, and what keys and buttons make of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.live.keys import Action
from app.sources import Source
from app.sources.player import SPEEDS, Player
from flame_model.arrays import Float64Array
from flame_model.notices import Say
from render.ui.timeline import Timeline, TimelineAnswer

CURVES = ("mouth", "lids")
_POINTS = 600
"""Most points of a curve; of a longer take, each shows the largest value of a part, or the least of lids."""
_BUTTONS = (Action.PAUSE, Action.STEP_BACK, Action.STEP, Action.FASTER, Action.LOOP)
"""What the buttons stand for, in their order."""
_DOES: dict[Action, Callable[[Player], object]] = {
    Action.PAUSE: lambda player: player.play(not player.state.playing),
    Action.STEP_BACK: lambda player: player.step(-1),
    Action.STEP: lambda player: player.step(1),
    Action.SLOWER: lambda player: player.change_speed(-1),
    Action.FASTER: lambda player: player.change_speed(1),
    Action.LOOP: lambda player: player.mark(),
}


class TakeTimeline:
    """Plays a take as the user asks; use it from the main thread.

    Until a source is open, and for a source that is no take, it does and shows nothing.
    """

    def __init__(self, say: Say) -> None:
        """Tell `say` what a key cannot do, and how to cut a loop out of the take."""
        self.shown = False
        self._say = say
        self._player: Player | None = None
        self._name = ""
        self._curves: tuple[tuple[str, Float64Array], ...] = ()

    def attach(self, source: Source) -> None:
        """Play the take that a source is, if it is one; hide the timeline of another take."""
        self.shown = self.shown and source.player is not None
        self._player, self._name = source.player, source.name
        if self._player is not None:
            mouth, lids = self._player.openings.T
            self._curves = tuple(zip(CURVES, (_peaks(mouth), 1.0 - _peaks(1.0 - lids)), strict=True))

    @property
    def available(self) -> bool:
        """Whether there is a take to play."""
        return self._player is not None

    @property
    def hint(self) -> tuple[tuple[str, str], ...]:
        """The read-out that names the key, as long as a take is played without its timeline."""
        return (("timeline", "J"),) if self.available and not self.shown else ()

    @property
    def paused(self) -> bool:
        """Whether there is a take and it is paused."""
        return self._player is not None and not self._player.state.playing

    def play(self) -> None:
        """Play the take, where there is one."""
        if self.paused:
            self.do(Action.PAUSE)

    def do(self, action: Action) -> bool:
        """Do what a key of the timeline stands for; return False where another part has to do it."""
        if action is Action.PAUSE and self._player is None:
            return False
        if action is not Action.TIMELINE and action not in _DOES:
            return False
        if self._player is None:
            self._say("only takes have a timeline; record one with T, then show it with --source")
        elif action is Action.TIMELINE:
            self.shown = not self.shown
        else:
            self.shown = True
            _DOES[action](self._player)
            self._tell_loop(action)
        return True

    def take(self, answer: TimelineAnswer) -> None:
        """Apply what the user did with the timeline in one picture."""
        if self._player is None:
            return
        if answer.seek_s is not None:
            self._player.seek(answer.seek_s)
        if answer.button is not None:
            # The button of the speed goes round.
            fastest = self._player.state.speed == SPEEDS[-1]
            if _BUTTONS[answer.button] is Action.FASTER and fastest:
                self._player.change_speed(1 - len(SPEEDS))
            else:
                self.do(_BUTTONS[answer.button])

    def contents(self) -> Timeline | None:
        """Return the timeline to draw, None while it is hidden."""
        player = self._player
        if player is None or not self.shown:
            return None
        state = player.state
        loop = "loop from" if state.marks is None else "loop to" if state.marks[1] is None else "no loop"
        words = ("pause" if state.playing else "play", "<", ">", f"{state.speed:g}x", loop)
        return Timeline(
            float(player.times[state.frame]), player.duration_s, self._curves, words, self._loop_s(player)
        )

    def _loop_s(self, player: Player) -> tuple[float, float | None] | None:
        """Return the times of the marks; the last frame of a loop belongs to it."""
        marks = player.state.marks
        if marks is None:
            return None
        ends = np.append(player.times[1:], player.duration_s)
        return float(player.times[marks[0]]), None if marks[1] is None else float(ends[marks[1]])

    def _tell_loop(self, action: Action) -> None:
        loop = None if self._player is None else self._loop_s(self._player)
        if action is Action.LOOP and loop is not None and loop[1] is not None:
            command = f"flame-cam takes cut TAKE --from {loop[0]:.3f} --to {loop[1]:.3f} --out part.npz"
            self._say(f"loop set; to keep this part of {self._name}: {command}")


def _peaks(values: Float64Array) -> Float64Array:
    """Return the largest value of each of at most _POINTS parts of values (N,), NaN where all are NaN."""
    if len(values) <= _POINTS:
        return values
    begins = np.linspace(0, len(values), _POINTS, endpoint=False).astype(int)
    found = np.fmax.reduceat(values, begins)
    return np.asarray(found)
