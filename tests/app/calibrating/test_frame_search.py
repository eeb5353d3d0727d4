"""Profiles from clips and takes: the command from end to end, and recordings that lack a step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import platformdirs
import pytest

from app.calibrating.calibrate import CalibrateSettings, calibrate_recorded
from app.calibrating.frame_search import recorded_profile
from app.calibrating.steps import Step
from app.model.profiles import named_profile, profile_path
from flame_model.errors import InputError
from mappings.evenness import even_scores
from mappings.person.profile import Profile
from mappings.person.typical_rest import TYPICAL_SHUT, typical_rest
from mappings.records.take import Take, save_take
from mappings.signals import LIDS
from tests.app.calibrating.actor import DOES, FPS, face


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep profiles of tests in a folder of their own."""
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: tmp_path / "config")
    return tmp_path / "config"


def acted(*titles: str) -> tuple[object, ...]:
    """Return a second of each: rest for what is not known."""
    names = [title for title in titles for _ in range(FPS)]
    return tuple(face(frame / FPS, **DOES.get(title, {})) for frame, title in enumerate(names))


def test_the_telling_frames_are_found_wherever_they_are() -> None:
    profile, missing = recorded_profile(
        acted("Smile", "", "Open your mouth wide", "Close your eyes"), Profile()
    )
    assert missing == ()
    np.testing.assert_allclose(
        profile.correction.scores(even_scores(face().scores)), typical_rest(), atol=1e-9
    )
    shut = profile.correction.scores(even_scores(face(**DOES["Close your eyes"]).scores))
    assert (shut[LIDS,] >= TYPICAL_SHUT).all()


def test_a_glance_aside_is_no_rest() -> None:
    brows = {"browInnerUp": 0.5}
    aside = [face(frame / FPS, eyeLookOutLeft=0.9, eyeLookInRight=0.9) for frame in range(FPS)]
    ahead = [face(frame / FPS, **brows) for frame in range(FPS)]
    profile, _ = recorded_profile([*aside, *ahead], Profile())
    np.testing.assert_allclose(
        profile.correction.scores(even_scores(face(**brows).scores)), typical_rest(), atol=1e-9
    )


def test_what_never_comes_is_left_as_it_is() -> None:
    profile, missing = recorded_profile(acted("", "Smile"), Profile())
    assert missing == (Step.SHUT, Step.OPEN)
    np.testing.assert_allclose(profile.correction.lids[:, 1], TYPICAL_SHUT)


def test_a_clip_in_which_the_mouth_stays_open_is_no_calibration() -> None:
    faces = [face(frame / FPS, jawOpen=0.5) for frame in range(2 * FPS)]
    with pytest.raises(InputError, match="never rests"):
        recorded_profile(faces, Profile())


def test_without_faces_there_is_nothing_to_calibrate() -> None:
    with pytest.raises(InputError, match="needs 5 frames with a face, but the source has 1"):
        recorded_profile([None, face(), None], Profile())


def test_the_command_keeps_a_profile_under_its_name(tmp_path: Path, config: Path) -> None:
    observations = acted("", "Close your eyes", "Smile")
    times = np.arange(len(observations)) / FPS
    take = tmp_path / "anna.npz"
    save_take(Take("anna", observations, times, FPS), take)
    said: list[str] = []
    calibrate_recorded(CalibrateSettings("anna", source=str(take)), said.append)
    assert profile_path("anna").is_relative_to(config)
    kept = named_profile("anna")
    assert kept is not None
    np.testing.assert_allclose(kept.correction.scores(even_scores(face().scores)), typical_rest(), atol=1e-3)
    assert any("never shows an open mouth" in text for text in said)
    assert "is kept in" in said[-1]


def test_names_and_missing_profiles_are_told() -> None:
    with pytest.raises(InputError, match=r"'\.\./anna' cannot be a profile's name"):
        profile_path("../anna")
    said: list[str] = []
    assert named_profile("ghost", said.append) is None
    (told,) = said
    assert told.endswith("so the run goes on without one; make it with: flame-cam calibrate --profile ghost")
    assert named_profile(None) is None
