"""What the keys do, and the words for them."""

from __future__ import annotations

from enum import Enum


class Action(Enum):
    """Name what a person can ask for; the value is what the overlay says about it."""

    MIRROR = "mirror"
    CALIBRATE = "calibrate to your face, and stop"
    RECENTRE = "recentre: this pose is straight ahead"
    NEUTRAL = "neutral: this face is at rest"
    RECORD = "record, and stop"
    SCREENSHOT = "screenshot"
    PAUSE = "pause"
    INSET = "camera inset"
    FACE = "face sliders"
    FULL_SCREEN = "full screen"
    RESET_VIEW = "reset the view (or double-click)"
    HELP = "these keys"
    QUIT = "quit"
    BACK = "stop calibrating, else quit"


ACTIONS = {
    "m": Action.MIRROR,
    "c": Action.CALIBRATE,
    "x": Action.RECENTRE,
    "n": Action.NEUTRAL,
    "r": Action.RECORD,
    "s": Action.SCREENSHOT,
    "space": Action.PAUSE,
    "i": Action.INSET,
    "p": Action.FACE,
    "f": Action.FULL_SCREEN,
    "0": Action.RESET_VIEW,
    "h": Action.HELP,
    "q": Action.QUIT,
    "escape": Action.BACK,
}
"""By the names of keys as the window reports them."""


def key_help() -> tuple[tuple[str, str], ...]:
    """Return each action's keys and words, in the order of the table, then the mouse."""
    keys: dict[Action, list[str]] = {}
    for key, action in ACTIONS.items():
        keys.setdefault(action, []).append({"escape": "Esc", "space": "Space"}.get(key, key.upper()))
    rows = [(", ".join(names), action.value) for action, names in keys.items()]
    return (*rows, ("drag", "orbit"), ("scroll", "zoom"))
