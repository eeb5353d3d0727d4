"""The 52 names in both orders, and the conversion between them."""

from __future__ import annotations

import numpy as np

from mappings import signals


def test_mediapipe_order_has_its_documented_places():
    places = {"_neutral": 0, "eyeBlinkLeft": 9, "eyeBlinkRight": 10, "jawForward": 23, "jawLeft": 24}
    places |= {"jawOpen": 25, "jawRight": 26, "mouthClose": 27, "mouthFunnel": 32, "mouthPucker": 38}
    places |= {"mouthSmileLeft": 44, "mouthSmileRight": 45, "noseSneerLeft": 50, "noseSneerRight": 51}
    assert {name: signals.MEDIAPIPE_INDEX[name] for name in places} == places
    assert list(signals.MEDIAPIPE_NAMES) == sorted(signals.MEDIAPIPE_NAMES)


def test_arkit_order_has_its_documented_places():
    places = {"eyeBlinkRight": 0, "eyeBlinkLeft": 7, "jawForward": 14, "jawRight": 15, "jawLeft": 16}
    places |= {"jawOpen": 17, "mouthClose": 18, "tongueOut": 51}
    assert {name: signals.ARKIT_NAMES.index(name) for name in places} == places


def test_the_orders_hold_the_same_names_but_for_neutral_and_tongue():
    mediapipe, arkit = set(signals.MEDIAPIPE_NAMES), set(signals.ARKIT_NAMES)
    assert len(mediapipe) == len(arkit) == signals.SIGNAL_COUNT == 52
    assert mediapipe ^ arkit == {"_neutral", "tongueOut"}


def test_mirroring_swaps_sides_and_undoes_itself():
    permutation = signals.mirrored_indices()
    assert (permutation[permutation] == np.arange(52)).all()
    assert signals.MEDIAPIPE_NAMES[permutation[9]] == "eyeBlinkRight"
    assert signals.MEDIAPIPE_NAMES[permutation[24]] == "jawRight"
    assert permutation[25] == 25
    assert (permutation != np.arange(52)).sum() == 2 * sum(
        n.endswith("Left") for n in signals.MEDIAPIPE_NAMES
    )


def test_scores_travel_between_the_orders_by_name():
    scores = np.arange(104, dtype=np.float32).reshape(2, 52)
    scores[:, 0] = 0
    arkit = signals.reordered(scores, signals.MEDIAPIPE_NAMES, signals.ARKIT_NAMES)
    assert arkit[1, signals.ARKIT_NAMES.index("jawOpen")] == scores[1, signals.MEDIAPIPE_INDEX["jawOpen"]]
    assert (arkit[:, signals.ARKIT_NAMES.index("tongueOut")] == 0).all()
    again = signals.reordered(arkit, signals.ARKIT_NAMES, signals.MEDIAPIPE_NAMES)
    np.testing.assert_array_equal(again, scores)


def test_signals_are_masked_by_how_their_names_begin():
    mask = signals.signals_named("jaw", "eyeBlink")
    assert [name for name, named in zip(signals.MEDIAPIPE_NAMES, mask, strict=True) if named] == [
        *("eyeBlinkLeft", "eyeBlinkRight"),
        *("jawForward", "jawLeft", "jawOpen", "jawRight"),
    ]
