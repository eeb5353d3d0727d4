"""Tracks are written as `.npz`, as takes and as CSV."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from flame_model.errors import OutputError, SourceError
from flame_model.params import HeadParams
from mappings.records.take import load_take
from mappings.records.track_table import track_of
from mappings.signals import MEDIAPIPE_NAMES


def params_of(seed: int) -> HeadParams:
    """Return random parameters with four expression components."""
    rng = np.random.default_rng(seed)
    shapes = {
        "expression": 4,
        "jaw": 3,
        "eyes": (2, 3),
        "neck": 3,
        "rotation": 3,
        "translation": 3,
        "eyelids": 2,
    }
    return HeadParams(**{name: rng.normal(size=shape) for name, shape in shapes.items()})


@pytest.fixture
def track(make_observation):
    """Return a track of three frames, the second without a face."""
    observations = [make_observation(0, 0.0), None, make_observation(2, 0.08)]
    return track_of([0.0, 0.04, 0.08], observations, [params_of(0), None, params_of(2)], 4)


def test_npz_has_the_promised_keys(track, tmp_path):
    track.save_npz(tmp_path / "out.npz")
    with np.load(tmp_path / "out.npz") as arrays:
        keys = {"time_s", "found", "scores", "expression", "jaw", "eyes", "neck", "rotation", "translation"}
        assert set(arrays) == keys | {"eyelids", "score_names"}
        assert all(len(arrays[key]) == 3 for key in keys)
        assert tuple(arrays["score_names"]) == MEDIAPIPE_NAMES
        np.testing.assert_array_equal(arrays["found"], [True, False, True])
        np.testing.assert_allclose(arrays["eyes"][2], params_of(2).eyes, rtol=1e-6)
        assert np.isnan(arrays["jaw"][1]).all()


def test_with_landmarks_it_is_a_take(track, tmp_path, make_observation):
    track.save_npz(tmp_path / "out.npz", landmarks=True)
    take = load_take(tmp_path / "out.npz")
    assert take.observations[1] is None
    np.testing.assert_array_equal(take.observations[2].landmarks, make_observation(2).landmarks)
    with np.load(tmp_path / "out.npz") as arrays:
        assert arrays["expression"].shape == (3, 4)


def test_without_landmarks_a_sentence_says_how_to_get_a_take(track, tmp_path):
    track.save_npz(tmp_path / "out.npz")
    with pytest.raises(SourceError, match=r"flame-cam track S OUT\.npz --landmarks"):
        load_take(tmp_path / "out.npz")


def test_csv_has_one_row_per_frame_under_a_header(track, tmp_path):
    track.save_csv(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert list(rows[0])[:3] == ["time_s", "found", "_neutral"]
    assert [row["found"] for row in rows] == ["1", "0", "1"]
    assert float(rows[2]["time_s"]) == 0.08
    assert float(rows[2]["jawOpen"]) == pytest.approx(
        float(track.scores[2, MEDIAPIPE_NAMES.index("jawOpen")])
    )
    assert float(rows[2]["eyes_4"]) == pytest.approx(float(track.eyes[2, 1, 1]), rel=1e-6)
    assert float(rows[0]["expression_3"]) == pytest.approx(float(track.expression[0, 3]), rel=1e-6)
    assert rows[1]["translation_2"] == "nan"
    assert "landmarks_0" not in rows[0]


def test_a_track_without_frames_still_has_its_columns(tmp_path):
    empty = track_of([], [], [], 4)
    empty.save_csv(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().count("\n") == 1
    empty.save_npz(tmp_path / "out.npz", landmarks=True)
    assert load_take(tmp_path / "out.npz").observations == ()


def test_a_folder_in_the_way_gets_a_sentence(track, tmp_path):
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(OutputError, match=r"out\.csv is a folder"):
        track.save_csv(tmp_path / "out.csv")
