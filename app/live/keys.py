"""The key table of the live window: what each key does, and its line in the key help."""

from __future__ import annotations

from enum import Enum

from mappings.adjusting.expressions import EXPRESSION_NAMES


class Action(Enum):
    """What keys do; the value is the line of the key help."""

    MIRROR = "mirror"
    CALIBRATE = "calibrate to your face, and stop"
    RECENTRE = "recentre: this pose is straight ahead"
    NEUTRAL = "neutral: this face is at rest"
    RECORD = "record, and stop"
    TAKE = "record a take, and stop"
    SCREENSHOT = "screenshot"
    PAUSE = "pause"
    TIMELINE = "timeline of a take"
    STEP_BACK = "a frame back in a take"
    STEP = "a frame back or on in a take"
    SLOWER = "play a take slower"
    FASTER = "play a take slower or faster"
    LOOP = "begin, end or forget a loop"
    INSET = "camera inset"
    HIDE = "hide every word, for an audience"
    PANEL = "panel: source, head, person, look and more"
    LOOK = "next look"
    SOURCE = "choose the source"
    FULL_SCREEN = "full screen"
    RESET_VIEW = "reset the view (or double-click)"
    HELP = "these keys"
    QUIT = "quit"
    BACK = "leave what is open"


ACTIONS = {
    "m": Action.MIRROR,
    "c": Action.CALIBRATE,
    "x": Action.RECENTRE,
    "n": Action.NEUTRAL,
    "r": Action.RECORD,
    "t": Action.TAKE,
    "s": Action.SCREENSHOT,
    "space": Action.PAUSE,
    "j": Action.TIMELINE,
    "left": Action.STEP_BACK,
    "right": Action.STEP,
    "down": Action.SLOWER,
    "up": Action.FASTER,
    "a": Action.LOOP,
    "i": Action.INSET,
    "k": Action.HIDE,
    "tab": Action.PANEL,
    "p": Action.PANEL,
    "l": Action.LOOK,
    "o": Action.SOURCE,
    "f": Action.FULL_SCREEN,
    "0": Action.RESET_VIEW,
    "h": Action.HELP,
    "ctrl+q": Action.QUIT,
    "escape": Action.BACK,
}
"""The action of each key, by the name that the window reports."""
EXPRESSION_KEYS = {f"f{number}": name for number, name in enumerate(EXPRESSION_NAMES, start=1)}
"""The expression that each key shows, and lets go when it is pressed again."""
LET_GO_KEY = "f9"
"""Lets all expressions go, and all that is held."""
_EXPRESSIONS_IN_A_LINE = 4
_OF_TAKES = (
    Action.TIMELINE,
    Action.STEP_BACK,
    Action.STEP,
    Action.SLOWER,
    Action.FASTER,
    Action.LOOP,
)
"""Actions that need a take."""
_TOLD_WITH = {Action.STEP_BACK: Action.STEP, Action.SLOWER: Action.FASTER}
"""Actions whose keys stand in the line of another one."""


def key_help(takes: bool = True) -> tuple[tuple[str, str], ...]:
    """Return (keys, what they do) for every action in the order of the table, then for the mouse.

    Without `takes`, keys that need one are left out.
    """
    keys: dict[Action, list[str]] = {}
    for key, action in ACTIONS.items():
        if takes or action not in _OF_TAKES:
            keys.setdefault(_TOLD_WITH.get(action, action), []).append(_key_name(key))
    rows = [(", ".join(names), action.value) for action, names in keys.items()]
    return (*rows, *_expression_help(), ("drag", "orbit"), ("scroll", "zoom"))


def _expression_help() -> tuple[tuple[str, str], ...]:
    keys, step = list(EXPRESSION_KEYS), _EXPRESSIONS_IN_A_LINE
    lines = [keys[begin : begin + step] for begin in range(0, len(keys), step)]
    rows = [
        (f"{_key_name(line[0])} to {_key_name(line[-1])}", ", ".join(EXPRESSION_KEYS[key] for key in line))
        for line in lines
    ]
    return (*rows, (_key_name(LET_GO_KEY), "let all expressions go, and all that is held"))


def hint(action: Action) -> str:
    """Return what an action does with its key, such as "mirror (M)"."""
    keys = ", ".join(_key_name(key) for key, each in ACTIONS.items() if each is action)
    return f"{action.value} ({keys})"


def _key_name(key: str) -> str:
    """Return the name of a key as it stands on keyboards."""
    return "Esc" if key == "escape" else "+".join(map(str.capitalize, key.split("+")))
