"""The guide of a calibration without a window: what the head does afterwards and what is saved."""

from __future__ import annotations

import numpy as np
import pytest

from app.live.person.calibration_guide import Guide
from app.live.threads.animating import LiveFrame
from app.live.threads.requests import Requests
from app.model.animated_head import AnimatedHead
from app.pipeline.observer import Observer
from flame_model.errors import OutputError
from flame_model.find_heads import load_head
from flame_model.params import rest_params
from mappings.evenness import even_scores
from mappings.frames import FaceObservation
from mappings.mirror import mirror_observation
from mappings.motion.driver import Driver
from mappings.motion.placement import Placement
from mappings.person.profile import Profile
from mappings.person.typical_rest import LIDS, typical_rest
from mappings.scores.score_mapping import ScoreMapping
from tests.app.calibrating.actor import FPS, face, obedient


class Window:
    """A stand-in for the window that shows a guide."""

    def __init__(self, mirror: bool = False, fail: str = "") -> None:
        head = load_head("builtin")
        self.requests, self.said, self.kept = Requests(), [], []
        self.observer = Observer(None, mirror)
        self.driver: Driver = AnimatedHead(head, ScoreMapping.default().for_head(head)).driver(Placement())
        self.rest = rest_params(head.expression_count)
        self.fail = fail
        self.guide = Guide(Profile(), ask=self.requests.ask, keep=self.keep, say=self.said.append)

    def keep(self, profile: Profile) -> str:
        if self.fail:
            raise OutputError(self.fail)
        self.kept.append(profile)
        return "kept"

    def show(self, observation: FaceObservation | None, time_s: float) -> bool:
        return self.guide.see(LiveFrame(time_s, None, observation, 0.0, self.rest))

    def calibrate(self) -> None:
        self.guide.start()
        for frame in range(20 * FPS):
            assert self.guide.prompt is not None
            seen = obedient(self.guide.prompt.title)
            if self.show(mirror_observation(seen) if self.observer.mirror else seen, frame / FPS):
                break
        self.requests.apply(self.observer, self.driver)


def test_it_does_nothing_until_it_is_asked() -> None:
    window = Window()
    assert not window.show(face(), 0.0)
    assert window.guide.prompt is None


@pytest.mark.parametrize("mirror", [False, True])
def test_the_head_rests_with_the_person_and_the_profile_has_the_persons_own_sides(mirror: bool) -> None:
    window = Window(mirror)
    window.calibrate()
    assert window.guide.prompt is None
    assert window.said == ["kept"]
    (kept,) = window.kept
    even = even_scores(face().scores)
    np.testing.assert_allclose(kept.correction.lids[:, 0], even[LIDS,], atol=1e-6)
    np.testing.assert_allclose(kept.correction.scores(even), typical_rest(), atol=1e-6)
    seen = mirror_observation(face()) if mirror else face()
    for frame in range(30):
        params = window.driver.follow(seen, 100 + frame / FPS)
    plain = ScoreMapping.default().coefficients(typical_rest())
    np.testing.assert_allclose(params.expression, plain.expression, atol=1e-5)
    np.testing.assert_allclose(params.rotation, 0, atol=1e-5)
    assert np.linalg.norm(params.translation) < 0.001, "calibrating centres the head"


def test_stopping_changes_nothing() -> None:
    window = Window()
    window.guide.start()
    window.show(face(), 0.0)
    window.guide.stop()
    assert window.guide.prompt is None
    assert window.said == ["calibration stopped, nothing changed"]
    assert not window.kept


def test_a_full_disk_is_told_and_the_head_calibrated_all_the_same() -> None:
    window = Window(fail="Cannot write anna.toml (no space).")
    window.calibrate()
    assert window.said == ["calibrated, but not kept: Cannot write anna.toml (no space)."]
