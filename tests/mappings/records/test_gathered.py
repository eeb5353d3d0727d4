"""Gathered data come back as written, equal data give equal bytes, and a bad file gets one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from flame_model.errors import InputError
from mappings.records.gathered import Gathered, joined, load_gathered
from mappings.signals import MEDIAPIPE_NAMES


def made(frames: int = 4, seed: int = 0) -> Gathered:
    rng = np.random.default_rng(seed)
    return Gathered(
        scores=rng.uniform(size=(frames, 52)).astype(np.float32),
        landmarks=rng.uniform(0, 400, (frames, 478, 3)).astype(np.float32),
        T_camera_face=np.tile(np.eye(4, dtype=np.float32), (frames, 1, 1)),
        image_size=np.full((frames, 2), 400, dtype=np.int32),
        time_s=np.arange(frames, dtype=np.float32) / 32,
        frame=np.arange(frames, dtype=np.int32),
        clip=np.zeros(frames, dtype=np.int32),
        person=np.zeros(frames, dtype=np.int32),
        clip_names=(f"clip{seed}",),
        left_out=np.array([[1, 0, 0, 2]], dtype=np.int32),
    )


def test_it_is_read_back_as_written(tmp_path: Path) -> None:
    made().save(tmp_path / "data.npz")
    data = load_gathered(tmp_path / "data.npz")
    np.testing.assert_array_equal(data.landmarks, made().landmarks)
    assert (data.clip_names, data.licence) == (("clip0",), "unknown")
    assert data.observation(2).time_s == 2 / 32
    np.testing.assert_array_equal(data.observation(2).scores, made().scores[2])


def test_equal_data_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        made().save(tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_clips_are_joined_in_order_with_their_people() -> None:
    data = joined([made(2, 0), made(3, 1), made(1, 2)], [0, 1, 0], "ours")
    assert data.clip.tolist() == [0, 0, 1, 1, 1, 2]
    assert data.person.tolist() == [0, 0, 1, 1, 1, 0]
    assert (data.person_count, data.clip_names) == (2, ("clip0", "clip1", "clip2"))
    assert data.left_out.shape == (3, 4)


def test_the_reference_frames_are_many_peoples_and_differ() -> None:
    data = load_gathered(Path("reference"))
    assert len(data.scores) == 250
    assert data.person_count > 50
    assert "LivePortrait" in data.licence
    distance = np.linalg.norm(data.scores[:, None] - data.scores, axis=2) + 9 * np.eye(250)
    assert distance.min() > 0.1, "no two are alike"
    faces = np.ptp(data.landmarks[..., 1], axis=1)
    np.testing.assert_allclose(faces, 384, atol=0.25)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"scores": np.zeros((4, 51), np.float32)},
            r"'scores' should be numbers of shape \(4, 52\), received",
        ),
        ({"scores": np.full((4, 52), np.nan, np.float32)}, "'scores' should be finite; row 0 is not"),
        (
            {"scores": np.full((4, 52), 50.0, np.float32)},
            "row 0 holds scores, landmarks or a turn that no face has",
        ),
        (
            {"landmarks": np.zeros((4, 478, 3), np.float32)},
            "row 0 holds scores, landmarks or a turn that no face has",
        ),
        ({"clip": np.array([0, 0, 0, 1])}, "'clip' should count the 1 clips from 0, received 1"),
    ],
)
def test_bad_arrays_are_one_sentence(change: dict[str, np.ndarray], sentence: str, tmp_path: Path) -> None:
    replace(made(), **change).save(tmp_path / "data.npz")
    with pytest.raises(InputError, match=sentence):
        load_gathered(tmp_path / "data.npz")


def test_another_version_missing_keys_and_other_files_are_one_sentence(tmp_path: Path) -> None:
    made().save(tmp_path / "data.npz")
    arrays = dict(np.load(tmp_path / "data.npz"))
    np.savez(tmp_path / "newer.npz", **{**arrays, "version": 9})
    np.savez(tmp_path / "order.npz", **{**arrays, "score_names": MEDIAPIPE_NAMES[::-1]})
    np.savez(tmp_path / "take.npz", scores=arrays["scores"])
    (tmp_path / "text.npz").write_text("text")
    for name, sentence in {
        "newer": "is of version 9",
        "order": "'score_names'",
        "take": "does not hold gathered data: 'landmarks' is missing",
        "text": r"not a readable file of gathered data \(it is not an archive of arrays\)",
        "none": "There is no",
    }.items():
        with pytest.raises(InputError, match=sentence):
            load_gathered(tmp_path / f"{name}.npz")
