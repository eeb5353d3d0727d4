from __future__ import annotations

from app.live.keys import ACTIONS, Action, key_help


def test_every_action_has_a_key_and_every_key_is_told() -> None:
    assert set(ACTIONS.values()) == set(Action)
    told = {key for keys, _ in key_help() for key in keys.split(", ")}
    assert told >= {"M", "C", "N", "R", "S", "Space", "I", "F", "L", "H", "Ctrl+Q", "Esc", "0"}
