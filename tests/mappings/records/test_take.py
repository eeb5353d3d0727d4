"""Takes come back as they were saved; a bad file gets a sentence."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from flame_model.errors import OutputError, SourceError
from mappings.records.take import Take, load_take, save_take
from mappings.signals import ARKIT_NAMES, MEDIAPIPE_NAMES, reordered


@pytest.fixture
def take(make_observation):
    """Return a take of six frames, the third of them without a face."""
    times = np.arange(6) / 25
    observations = [make_observation(index, time_s) for index, time_s in enumerate(times)]
    observations[2] = None
    observations[4] = replace(observations[4], moved=np.linspace(-0.1, 0.1, 6, dtype=np.float32))
    return Take("six", tuple(observations), times, 25.0)


@pytest.fixture
def changed(take, tmp_path):
    """Return a writer of the take with some arrays replaced, or left out where None is given."""

    def write(**changes):
        path = tmp_path / "changed.npz"
        save_take(take, path)
        arrays = {**np.load(path), **changes}
        np.savez(path, **{key: array for key, array in arrays.items() if array is not None})
        return path

    return write


def same(first, second) -> bool:
    """Return whether two observations hold the same values."""
    names = ("time_s", "scores", "landmarks", "T_camera_face", "image_size")
    alike = all(np.array_equal(getattr(first, name), getattr(second, name)) for name in names)
    return alike and np.array_equal(first.moved, second.moved)


def test_a_take_comes_back_as_it_was(take, tmp_path):
    save_take(take, tmp_path / "six.npz")
    loaded = load_take(tmp_path / "six.npz")
    assert loaded.name == "six"
    assert loaded.fps == pytest.approx(25)
    assert loaded.observations[2] is None
    np.testing.assert_array_equal(loaded.times, take.times)
    assert all(
        same(a, b) for a, b in zip(take.observations, loaded.observations, strict=True) if a is not None
    )


def test_a_take_without_motions_is_read_and_impossible_ones_are_not_known(changed):
    assert all(seen is None or seen.moved is None for seen in load_take(changed(moved=None)).observations)
    motions = np.zeros((6, 6), np.float32)
    motions[[0, 1], 3] = np.inf, 2.0
    known = [
        seen is not None and seen.moved is not None for seen in load_take(changed(moved=motions)).observations
    ]
    assert known == [False, False, False, True, True, True]


def test_scores_are_reordered_by_name(take, changed):
    scores = np.stack([o.scores if o else np.full(52, np.nan) for o in take.observations]).astype(np.float32)
    scores[:, 0] = 0
    path = changed(scores=reordered(scores, MEDIAPIPE_NAMES, ARKIT_NAMES), score_names=np.array(ARKIT_NAMES))
    np.testing.assert_array_equal(load_take(path).observations[4].scores, scores[4])


def test_without_names_the_order_is_mediapipes(take, changed):
    assert same(load_take(changed(score_names=None)).observations[0], take.observations[0])


def test_a_take_of_one_frame_and_of_none(take, tmp_path):
    for count in (1, 0):
        save_take(Take("few", take.observations[:count], take.times[:count], 0.0), tmp_path / "few.npz")
        loaded = load_take(tmp_path / "few.npz")
        assert (len(loaded.observations), loaded.fps) == (count, 0.0)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"landmarks": None}, "--landmarks"),
        ({"found": None}, "'found' is missing"),
        ({"landmarks": np.zeros((6, 468, 3))}, r"'landmarks' .*\(6, 478, 3\), received .*\(6, 468, 3\)"),
        ({"scores": np.zeros((5, 52))}, r"'scores' .*received .*\(5, 52\)"),
        ({"scores": np.full((6, 52), "x")}, "'scores' should be numbers"),
        ({"time_s": np.array(3.0)}, "'time_s' should be numbers"),
        ({"time_s": np.array([0, 1, 2, 2, 3, 4.0])}, r"received 2\.0 after 2\.0 at frame 3"),
        ({"time_s": np.array([0, 1, np.inf, 3, 4, 5])}, "'time_s' should be finite seconds; frame 2"),
        ({"score_names": np.array(["smile", *MEDIAPIPE_NAMES[1:]])}, "'smile' is not one of them"),
        ({"score_names": np.array(MEDIAPIPE_NAMES[:51])}, "received 51"),
        ({"scores": np.array([print], dtype=object)}, "not a readable take"),
    ],
)
def test_a_wrong_array_gets_a_sentence(changed, changes, message):
    with pytest.raises(SourceError, match=message):
        load_take(changed(**changes))


def hollow_archive() -> bytes:
    """Return a zip archive without arrays."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    return memory.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"text", b"PK\x03\x04broken", b"\x93NUMPY\x01\x00", hollow_archive()]
)
def test_a_file_that_is_no_take_gets_a_sentence(tmp_path, content):
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"bad\.npz is no"):
        load_take(path)


def test_a_single_array_gets_a_sentence(tmp_path):
    with (tmp_path / "array.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(SourceError, match="single array"):
        load_take(tmp_path / "array.npz")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_take_gets_a_sentence(take, tmp_path, share):
    path = tmp_path / "cut.npz"
    save_take(take, path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(SourceError, match=r"cut\.npz is not a readable take"):
        load_take(path)


def complaint(path) -> str:
    """Return the message about a take that does not load, an empty one where it loads."""
    try:
        load_take(path)
    except SourceError as error:
        return str(error)
    return ""


def test_flipped_bytes_are_noticed_and_named(take, tmp_path):
    path = tmp_path / "flipped.npz"
    save_take(take, path)
    content = path.read_bytes()
    complaints = []
    for place in range(0, len(content), len(content) // 60):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        complaints.append(complaint(path))
    noticed = [text for text in complaints if text]
    assert len(noticed) > 0.9 * len(complaints)
    assert all("flipped.npz" in text and "\n" not in text for text in noticed)


def test_a_missing_take_gets_a_sentence(tmp_path):
    with pytest.raises(SourceError, match="There is no take"):
        load_take(tmp_path / "none.npz")


def test_a_take_that_cannot_be_written_gets_a_sentence(take, tmp_path):
    with pytest.raises(OutputError, match=r"There is no folder .*no_folder"):
        save_take(take, tmp_path / "no_folder" / "take.npz")


def test_a_take_of_another_program_is_completed_from_the_heads_pose(changed):
    turns = np.linspace(-0.4, 0.4, 18).reshape(6, 3)
    places = np.tile([0.1, 0.0, -0.5], (6, 1))
    path = changed(
        T_camera_face=None, image_size=None, rotation=0.6 * turns, neck=0.4 * turns, translation=places
    )
    loaded = load_take(path)
    for turn, observation in zip(turns, loaded.observations, strict=True):
        if observation is not None:
            found = Rotation.from_matrix(observation.T_camera_face[:3, :3]).as_rotvec()
            np.testing.assert_allclose(found, turn, atol=1e-6)
            np.testing.assert_allclose(observation.T_camera_face[:3, 3], places[0], atol=1e-6)
            assert np.all(observation.landmarks[:, :2].max(0) <= observation.image_size)


def test_without_any_pose_a_take_is_refused(changed):
    with pytest.raises(SourceError, match="'T_camera_face' is missing"):
        load_take(changed(T_camera_face=None))


DEGENERATE = {
    "landmarks": np.full((478, 3), 7.0),
    "T_camera_face": np.zeros((4, 4)),
    "scores": np.full(52, np.nan),
    "image_size": np.zeros(2),
}


@pytest.mark.parametrize("key", DEGENERATE)
def test_an_implausible_frame_is_one_without_a_face(take, changed, tmp_path, key):
    save_take(take, tmp_path / "six.npz")
    array = np.load(tmp_path / "six.npz")[key].astype(np.float64)
    array[4] = DEGENERATE[key]
    loaded = load_take(changed(**{key: array}))
    assert [seen is None for seen in loaded.observations] == [False, False, True, False, True, False]
    assert loaded.implausible == 1
    assert same(loaded.observations[5], take.observations[5])


def test_an_unused_array_may_hold_objects(take, changed):
    loaded = load_take(changed(notes=np.array([{"by": "me"}], dtype=object)))
    assert same(loaded.observations[0], take.observations[0])


def test_a_take_of_one_instant_has_a_rate(changed):
    assert load_take(changed(time_s=np.arange(6) * 5e-324)).fps == pytest.approx(1000)
