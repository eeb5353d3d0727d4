"""Profile files come back as they were written, take changes by hand, and name mistakes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from flame_model.errors import InputError, OutputError
from flame_model.face.measured_face import bundled_measurement
from flame_model.rotations import matrix_from_axis_angle
from mappings.evenness import even_scores
from mappings.person.correction import Correction
from mappings.person.profile import Profile
from mappings.person.profile_file import load_profile, save_profile
from mappings.person.typical_rest import LIDS, typical_rest
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES, signals_named

SMILE = MEDIAPIPE_INDEX["mouthSmileLeft"]


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "anna.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    correction = Correction(
        *(rng.uniform(0.2, 0.9, 52) for _ in range(4)), np.array([[0.1, 0.8], [0.2, 0.7]]), 0.25, 0.5
    )
    face = bundled_measurement().neutral + rng.normal(0, 0.005, (468, 3))
    saved = Profile(correction, face, matrix_from_axis_angle([0.1, 0.3, -0.05]))
    path = tmp_path / "profiles" / "anna.toml"
    save_profile(saved, path)
    loaded = load_profile(path)
    adjustable = [i for i, name in enumerate(MEDIAPIPE_NAMES) if not name.startswith(("_", "eyeBlink"))]
    for key in ("offset", "gain", "dead_zone", "curve"):
        expected = getattr(correction, key)[adjustable]
        np.testing.assert_allclose(getattr(loaded.correction, key)[adjustable], expected, atol=6e-4)
    np.testing.assert_allclose(loaded.correction.lids, correction.lids)
    assert (loaded.correction.mirror_average, loaded.correction.wink_link) == (0.25, 0.5)
    np.testing.assert_allclose(loaded.neutral_face, saved.neutral_face, atol=1e-5)
    np.testing.assert_allclose(loaded.straight_ahead, saved.straight_ahead, atol=1e-4)


def test_a_profile_that_knows_nothing_changes_nothing(tmp_path: Path) -> None:
    save_profile(Profile(), tmp_path / "empty.toml")
    scores = np.random.default_rng(2).uniform(0, 1, 52)
    for profile in (load_profile(tmp_path / "empty.toml"), load_profile(written(tmp_path, ""))):
        np.testing.assert_allclose(profile.correction.scores(scores), scores, atol=1e-9)
        assert profile.neutral_face is None
        assert profile.straight_ahead is None


def test_a_line_written_by_hand_is_enough(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, "[signals]\nmouthSmileLeft = { gain = 2 }"))
    scores = np.zeros(52)
    scores[SMILE] = 0.3
    assert profile.correction.scores(scores)[SMILE] == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[signals]\nmouthSmileLeft = {gain = 1", "not a readable TOML file"),
        (
            "[signals]\nmouthSmyleLeft = { gain = 1 }",
            "mouthSmyleLeft is .*; did you mean mouthSmileLeft",
        ),
        ("[signals]\nmouthSmileLeft = { gian = 1 }", "gian is unknown; did you mean gain"),
        ('[signals]\nmouthSmileLeft = { gain = "much" }', "gain should be a number, received 'much'"),
        ("[signals]\nmouthSmileLeft = { gain = true }", "gain should be a number, received True"),
        ("[signals]\nmouthSmileLeft = { gain = nan }", "gain should be from 0 to 10, received nan"),
        ("[signals]\nmouthSmileLeft = { offset = -3 }", "offset should be from -1 to 1, received -3"),
        ("[signals]\nmouthSmileLeft = 2", "mouthSmileLeft should be a table, received 2"),
        ("[signals]\neyeBlinkLeft = { gain = 2 }", r"range of its own under \[lids\]"),
        ("wink_link = 2", "wink_link should be from 0 to 1, received 2"),
        ("wink_lonk = 1", "did you mean wink_link"),
        ("[lids]\nleft = [0.5, 0.4]", "lids.left should be .* higher, received"),
        ("[lids]\nleft = 0.5", "lids.left should be 2 numbers, received 0.5"),
        ("[face]\npoints = [[1, 2, 3]]", "face.points should be 468 points, received 1"),
        ("[face]\npoints = 7", "face.points should be 468 points, received 7"),
        (
            f"[face]\npoints = {[[0, 0, 0]] * 468}",
            r"face.points\[\d+\] should be about .* received \[0, 0, 0\]",
        ),
        ("[pose]\nstraight_ahead = [0, 0]", "straight_ahead should be 3 numbers"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_file_and_value(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError, match=sentence) as caught:
        load_profile(path)
    assert str(path) in str(caught.value)


def test_a_byte_order_mark_is_no_part_of_a_profile(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("mirror_average = 0.5\n", encoding="utf-8-sig")
    assert load_profile(tmp_path / "x.toml").correction.mirror_average == 0.5


@pytest.mark.parametrize("value", ["9" * 5000, "0x" + "f" * 5000, "[" * 50_000, "[1, [2, [3]]]", "nan", "{}"])
def test_values_that_are_no_number_are_named_however_long(tmp_path: Path, value: str) -> None:
    (tmp_path / "x.toml").write_text(f"wink_link = {value}\n")
    with pytest.raises(InputError, match=r"x\.toml") as caught:
        load_profile(tmp_path / "x.toml")
    assert len(str(caught.value)) < 500


def test_files_that_cannot_be_read_or_written_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"not a readable TOML file \(it is a folder\)"):
        load_profile(tmp_path)
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not a readable TOML file"):
        load_profile(tmp_path / "x.toml")
    with pytest.raises(OutputError, match="Cannot make the folder"):
        save_profile(Profile(), tmp_path / "x.toml" / "anna.toml")


def test_a_profile_of_uneven_scores_keeps_the_rest_it_was_made_for(tmp_path: Path) -> None:
    """Files without `even_scores` were made for scores as the tracker reports them."""
    resting = typical_rest() + np.where(signals_named("eye", "browOuter", "mouthLower"), 0.1, 0.0)
    resting[LIDS,] = 0.3, 0.2
    path = tmp_path / "x.toml"
    save_profile(Profile(Correction().resting_at(resting)), path)
    path.write_text(path.read_text().replace("even_scores = true\n", ""))
    correction = load_profile(path).correction
    np.testing.assert_allclose(correction.scores(even_scores(resting)), typical_rest(), atol=2e-3)
    assert np.abs(correction.scores(resting) - typical_rest()).max() > 0.02


def test_a_profile_tells_whether_its_scores_are_even(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("even_scores = 1\n")
    with pytest.raises(InputError, match="even_scores should be true or false, received 1"):
        load_profile(tmp_path / "x.toml")
