"""Labels in flame-head-tracker's layout, in one file or a file per frame, are matched to their frames."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from flame_model.errors import InputError
from flame_model.head import Head, Provenance
from mappings.records.gathered import Gathered, joined
from mappings.records.labels import read_labels
from mappings.signals import MEDIAPIPE_NAMES
from tests.mappings.records.test_gathered import made


@pytest.fixture
def flame(synthetic_head: Head) -> Head:
    """Return a head of 12 components without names, of a known edition."""
    return replace(synthetic_head, expression_names=(), provenance=Provenance(edition="2020"))


@pytest.fixture
def data() -> Gathered:
    """Return 3 frames of clip0 and 4 of clip1."""
    return joined([made(3, 0), made(4, 1)], [0, 1], "ours")


def arrays(rows: int, components: int = 12, value: float = 0.0) -> dict[str, np.ndarray]:
    return {
        "exp": np.full((rows, components), value, np.float32),
        "jaw_pose": np.full((rows, 3), value, np.float32),
        "eye_pose": np.full((rows, 6), value, np.float32),
        "img": np.zeros((rows, 4, 4, 3), np.uint8),
    }


def test_files_per_frame_are_matched_by_clip_and_frame(data: Gathered, flame: Head, tmp_path: Path) -> None:
    for clip, frames in {"clip0": (0, 2), "clip1": (1, 10)}.items():
        (tmp_path / clip).mkdir()
        for frame in frames:
            np.savez(tmp_path / clip / f"{frame}.npz", **arrays(1, value=frame + 0.5))
    labels = read_labels(tmp_path, data, flame)
    assert labels.rows.tolist() == [0, 2, 4]
    assert labels.jaw[:, 0].tolist() == [0.5, 2.5, 1.5]
    assert labels.eyes.shape == (3, 6)


def test_the_files_of_one_clip_need_no_folder_of_its_name(flame: Head, tmp_path: Path) -> None:
    np.savez(tmp_path / "1.npz", **arrays(1))
    assert read_labels(tmp_path, made(3), flame).rows.tolist() == [1]


def test_older_files_hold_the_jaw_after_the_heads_turn(flame: Head, tmp_path: Path) -> None:
    older = arrays(3)
    del older["jaw_pose"]
    pose = np.tile(np.arange(6, dtype=np.float32), (3, 1))
    np.savez(tmp_path / "labels.npz", **older, pose=pose)
    assert read_labels(tmp_path / "labels.npz", made(3), flame).jaw[0].tolist() == [3.0, 4.0, 5.0]


def test_fewer_components_are_flames_first_ones(flame: Head, tmp_path: Path) -> None:
    np.savez(tmp_path / "labels.npz", **arrays(3, components=5, value=1.0))
    expression = read_labels(tmp_path / "labels.npz", made(3), flame).expression
    assert expression[0].tolist() == [1.0] * 5 + [0.0] * 7


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (arrays(2), "labels 2 frames, the data hold 3"),
        (arrays(3, components=13), "labels 13 components of a FLAME edition, but the head .* has 12"),
        (
            {**arrays(3), "edition": np.array("2023")},
            "labels of FLAME 2023, but the head .* is of FLAME 2020",
        ),
        ({**arrays(3), "jaw_pose": np.full((3, 3), np.nan)}, "'jaw_pose' should be finite"),
        (
            {**arrays(3), "eye_pose": np.zeros((3, 2))},
            r"'eye_pose' should have shape \(3, 6\), received \(3, 2\)",
        ),
        ({**arrays(3), "exp": np.zeros(3)}, r"'exp' should have shape"),
        ({"exp": np.zeros((3, 12))}, "should hold exp, jaw_pose and eye_pose, received exp."),
    ],
)
def test_labels_that_do_not_belong_are_one_sentence(
    change: dict[str, np.ndarray], sentence: str, flame: Head, tmp_path: Path
) -> None:
    np.savez(tmp_path / "labels.npz", **change)
    with pytest.raises(InputError, match=sentence):
        read_labels(tmp_path / "labels.npz", made(3), flame)


def test_a_head_with_components_of_its_own_is_refused(flame: Head, tmp_path: Path) -> None:
    np.savez(tmp_path / "labels.npz", **arrays(3))
    named = replace(flame, expression_names=tuple(f"shape{index}" for index in range(12)))
    with pytest.raises(InputError, match="has 12 of its own"):
        read_labels(tmp_path / "labels.npz", made(3), named)


def test_an_empty_folder_a_missing_file_and_text_are_one_sentence(flame: Head, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.npz").write_text("text")
    for name, sentence in {
        "empty": "labels none of the frames",
        "none.npz": "There is no file of labels",
        "text.npz": "not a readable file of labels",
    }.items():
        with pytest.raises(InputError, match=sentence):
            read_labels(tmp_path / name, made(3), flame)


def every_second(data: Gathered, **extra: np.ndarray) -> dict[str, np.ndarray]:
    """Return labels of every second frame, whose jaw is the frame's number."""
    rows = np.arange(0, len(data.time_s), 2)
    labels = arrays(len(rows))
    labels["jaw_pose"][:, 0] = rows
    return {**labels, **{key: array[rows] for key, array in extra.items()}}


def check(path: Path, data: Gathered, flame: Head, labels: dict[str, np.ndarray]) -> None:
    """Assert that every label is that of the frame it was made for."""
    np.savez(path, **labels)
    read = read_labels(path, data, flame)
    assert sorted(read.rows.tolist()) == list(range(0, len(data.time_s), 2))
    assert read.jaw[:, 0].tolist() == read.rows.tolist()


@pytest.mark.parametrize("kind", [np.float32, np.float16])
@pytest.mark.parametrize("key", ["scores", "blendshape_scores"])
def test_labels_are_matched_by_their_own_scores(
    data: Gathered, flame: Head, tmp_path: Path, key: str, kind: type
) -> None:
    labels = every_second(data, **{key: data.scores.astype(kind)})
    check(tmp_path / "labels.npz", data, flame, {name: array[::-1] for name, array in labels.items()})


def test_scores_in_another_order_are_matched_by_their_names(
    data: Gathered, flame: Head, tmp_path: Path
) -> None:
    order = np.random.default_rng(0).permutation(52)
    labels = every_second(data, scores=data.scores[:, order])
    check(tmp_path / "labels.npz", data, flame, labels | {"score_names": np.array(MEDIAPIPE_NAMES)[order]})


@pytest.mark.parametrize("key", ["frame", "frame_index", "frame_id", "frames"])
def test_labels_of_one_clip_are_matched_by_frame_number(flame: Head, tmp_path: Path, key: str) -> None:
    data = made(6)
    check(tmp_path / "labels.npz", data, flame, every_second(data, **{key: data.frame.astype(np.float64)}))


def test_labels_of_several_clips_are_matched_by_clip_and_frame(
    data: Gathered, flame: Head, tmp_path: Path
) -> None:
    names = np.array(data.clip_names)[data.clip]
    check(tmp_path / "named.npz", data, flame, every_second(data, frame=data.frame, clip=names))
    files = np.array(
        [f"{clip}.mp4/frame_{frame:05d}.png" for clip, frame in zip(names, data.frame, strict=True)]
    )
    check(tmp_path / "files.npz", data, flame, every_second(data, filename=files))
    np.savez(tmp_path / "unknown.npz", **every_second(data, frame=data.frame))
    with pytest.raises(InputError, match="the data hold 2 clips, such as 'clip0'; add the name"):
        read_labels(tmp_path / "unknown.npz", data, flame)


def test_frames_that_look_alike_are_matched_in_their_order(flame: Head, tmp_path: Path) -> None:
    data = made(4)
    still = replace(data, scores=np.repeat(data.scores[:2], 2, axis=0))
    labels = arrays(4) | {"scores": still.scores}
    np.savez(tmp_path / "labels.npz", **labels)
    assert read_labels(tmp_path / "labels.npz", still, flame).rows.tolist() == [0, 1, 2, 3]


def test_labels_of_other_frames_are_refused_even_where_the_number_fits(flame: Head, tmp_path: Path) -> None:
    np.savez(tmp_path / "labels.npz", **arrays(3), scores=made(3, 7).scores)
    with pytest.raises(InputError, match="labels none of the frames"):
        read_labels(tmp_path / "labels.npz", made(3), flame)
    np.savez(tmp_path / "twice.npz", **arrays(3), frame=np.array([0, 1, 1]))
    with pytest.raises(InputError, match="labels a frame twice"):
        read_labels(tmp_path / "twice.npz", made(3), flame)


@pytest.mark.parametrize("edition", ["2020", "FLAME 2020", "FLAME2020 generic", 2020])
def test_one_edition_has_many_names(flame: Head, tmp_path: Path, edition: object) -> None:
    named = replace(flame, provenance=Provenance(edition="FLAME 2020, male"))
    np.savez(tmp_path / "labels.npz", **arrays(3), edition=np.array(edition))
    assert len(read_labels(tmp_path / "labels.npz", made(3), named).rows) == 3


def test_names_in_objects_are_passed_over(flame: Head, tmp_path: Path) -> None:
    np.savez(tmp_path / "labels.npz", **arrays(3), name=np.array(["a", "b", "c"], dtype=object))
    assert len(read_labels(tmp_path / "labels.npz", made(3), flame).rows) == 3


def test_files_numbered_with_zeros_are_frames_too(flame: Head, tmp_path: Path) -> None:
    np.savez(tmp_path / "00002.npz", **arrays(1))
    assert read_labels(tmp_path, made(3), flame).rows.tolist() == [2]


def test_rows_whose_clip_is_no_number_are_left_out(data: Gathered, flame: Head, tmp_path: Path) -> None:
    clips, frames = np.array([0.0, np.nan, 1.0]), np.array([0, 1, 2])
    np.savez(tmp_path / "labels.npz", **arrays(3), clip=clips, frame=frames)
    assert read_labels(tmp_path / "labels.npz", data, flame).rows.tolist() == [0, 5]


def test_data_without_clips_cannot_be_labelled(data: Gathered, flame: Head, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name no clips"):
        read_labels(tmp_path, replace(data, clip_names=()), flame)
