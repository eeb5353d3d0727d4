from __future__ import annotations

from app.live.keys import ACTIONS, EXPRESSION_KEYS, LET_GO_KEY, Action, key_help


def test_every_action_has_a_key_and_every_key_is_told() -> None:
    assert set(ACTIONS.values()) == set(Action)
    told = {key for keys, _ in key_help() for key in keys.split(", ")}
    assert told >= {"M", "C", "N", "R", "S", "Space", "I", "F", "L", "H", "Ctrl+Q", "Esc", "0"}


def test_expression_keys_are_told_and_no_key_does_two_things() -> None:
    told = dict(key_help())
    assert told["F1 to F4"] == "wink, surprise, tongue out, puffed cheeks"
    assert told["F5 to F8"] == "anger, kiss, big smile, sadness"
    assert not {*EXPRESSION_KEYS, LET_GO_KEY} & set(ACTIONS)
