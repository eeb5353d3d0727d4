"""The key table of the live window: what each key does, and its line in the key help."""

from __future__ import annotations

from enum import Enum


class Action(Enum):
    """What keys do; the value is the line of the key help."""

    MIRROR = "mirror"
    CALIBRATE = "calibrate to your face, and stop"
    RECENTRE = "recentre: this pose is straight ahead"
    NEUTRAL = "neutral: this face is at rest"
    RECORD = "record, and stop"
    SCREENSHOT = "screenshot"
    PAUSE = "pause"
    INSET = "camera inset"
    FACE = "look, light, hair and face sliders"
    LOOK = "next look"
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
    "l": Action.LOOK,
    "f": Action.FULL_SCREEN,
    "0": Action.RESET_VIEW,
    "h": Action.HELP,
    "q": Action.QUIT,
    "escape": Action.BACK,
}
"""The action of each key, by the name that the window reports."""


def key_help() -> tuple[tuple[str, str], ...]:
    """Return (keys, what they do) for every action in the order of the table, then for the mouse."""
    keys: dict[Action, list[str]] = {}
    for key, action in ACTIONS.items():
        keys.setdefault(action, []).append({"escape": "Esc", "space": "Space"}.get(key, key.upper()))
    rows = [(", ".join(names), action.value) for action, names in keys.items()]
    return (*rows, ("drag", "orbit"), ("scroll", "zoom"))
