"""Gathered data give a mapping folder that the program can use; unusable data get one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.model.animated_head import AnimatedHead
from app.training.mapping.fit import FitSettings, fit
from app.training.mapping.targets import solved
from flame_model.errors import InputError, OutputError
from flame_model.face.measured_face import bundled_measurement
from flame_model.files.head_file import save_head
from mappings.person.running_neutral import predicted_expression
from mappings.person.upright_face import PICTURE_AXES
from mappings.records.gathered import Gathered, joined, load_gathered
from mappings.scores.mapping_card import MappingCard
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX

FACE = load_gathered(Path("reference")).landmarks[:1]
DEAD = MEDIAPIPE_INDEX["cheekPuff"]


def landmarks_of(scores: np.ndarray) -> np.ndarray:
    """Return landmarks (478, 3) in pixels: the mean face with the expression that scores (52,) predict."""
    landmarks = FACE[0].copy()
    face = bundled_measurement().neutral + predicted_expression(scores)
    landmarks[: len(face)] = 1800.0 * face * PICTURE_AXES + (256.0, 256.0, 0.0)
    return landmarks


def person(frames: int, seed: int) -> Gathered:
    """Return frames of one person whose every signal but one moves."""
    rng = np.random.default_rng(seed)
    scores = rng.uniform(0, 0.8, (frames, 52)) * rng.uniform(0, 1, (frames, 1))
    scores[:, DEAD] = 0.001
    return Gathered(
        scores=scores.astype(np.float32),
        landmarks=np.array([landmarks_of(row) for row in scores], np.float32),
        T_camera_face=np.tile(np.eye(4, dtype=np.float32), (frames, 1, 1)),
        image_size=np.full((frames, 2), 512, np.int32),
        time_s=np.arange(frames, dtype=np.float32),
        frame=np.arange(frames, dtype=np.int32),
        clip=np.zeros(frames, np.int32),
        person=np.zeros(frames, np.int32),
        clip_names=(f"clip{seed}",),
        left_out=np.zeros((1, 4), np.int32),
        licence="tests only",
    )


@pytest.fixture
def data() -> Gathered:
    return joined([person(80, seed) for seed in range(3)], range(3), "tests only")


def fitted(data: Gathered, folder: Path, labels: Path | None = None) -> tuple[MappingCard, ScoreMapping, str]:
    """Return the card, the mapping as it is read back, and the notices."""
    data.save(folder / "data.npz")
    said: list[str] = []
    card = fit(FitSettings(folder / "data.npz", folder / "mine", labels=labels), said.append)
    return card, ScoreMapping.load(folder / "mine"), " ".join(said)


def test_the_solver_of_the_head_is_learnt_and_the_card_says_how_well(data: Gathered, tmp_path: Path) -> None:
    card, mapping, _ = fitted(data, tmp_path)
    wanted = solved(data, AnimatedHead.load("builtin").make_solver())[:, : mapping.expression_count]
    left = mapping.convert(data.scores).expression - wanted
    assert (left**2).sum() < 0.5 * ((wanted - wanted.mean(axis=0)) ** 2).sum()
    assert mapping.card == card, "the card is read back with its record"
    assert card.fit is not None
    assert (card.fit.people, card.fit.frames, card.fit.held_out) == (3, 240, "people")
    assert (card.licence, card.fit.data_licence, card.fit.data) == ("tests only", "tests only", "data.npz")
    assert 0.3 < card.fit.held_out_r2["expression"] < 1.0


def test_a_signal_that_never_moves_has_a_zero_row_and_is_named(data: Gathered, tmp_path: Path) -> None:
    _, mapping, said = fitted(data, tmp_path)
    assert not mapping.matrix[DEAD].any()
    assert mapping.matrix[MEDIAPIPE_INDEX["jawOpen"]].any()
    assert "never move in the data and get no part in the mapping: cheekPuff" in said


def test_a_signal_that_stands_still_at_another_level_on_each_side_has_zero_rows(
    data: Gathered, tmp_path: Path
) -> None:
    sides = [MEDIAPIPE_INDEX["mouthDimpleLeft"], MEDIAPIPE_INDEX["mouthDimpleRight"]]
    data.scores[:, sides] = (0.3, 0.6)
    _, mapping, said = fitted(data, tmp_path)
    assert not mapping.matrix[sides].any(), "mirrored frames exchange the levels, which is no motion"
    assert "mouthDimpleLeft, mouthDimpleRight" in said


def test_scores_beyond_what_was_seen_are_held_at_its_bounds(data: Gathered, tmp_path: Path) -> None:
    data.scores[:, MEDIAPIPE_INDEX["jawRight"]] *= 0.1
    data.scores[:, MEDIAPIPE_INDEX["jawLeft"]] *= 0.1
    _, mapping, _ = fitted(data, tmp_path)
    assert mapping.score_bounds is not None
    scores = np.zeros((2, 52), np.float32)
    scores[:, MEDIAPIPE_INDEX["jawRight"]] = (mapping.score_bounds[1, MEDIAPIPE_INDEX["jawRight"]], 1.0)
    assert scores[0, MEDIAPIPE_INDEX["jawRight"]] < 0.2
    np.testing.assert_array_equal(*mapping.convert(scores).expression)


def test_left_and_right_come_out_as_mirror_images(data: Gathered, tmp_path: Path) -> None:
    _, mapping, _ = fitted(data, tmp_path)
    names = AnimatedHead.load("builtin").head.expression_names
    left, right = names.index("mouthSmileLeft"), names.index("mouthSmileRight")
    assert mapping.matrix[MEDIAPIPE_INDEX["mouthSmileLeft"], left] == pytest.approx(
        mapping.matrix[MEDIAPIPE_INDEX["mouthSmileRight"], right], abs=1e-6
    )


def test_one_person_alone_gets_a_notice_and_is_judged_by_stretches_of_time(tmp_path: Path) -> None:
    card, _, said = fitted(person(120, 0), tmp_path)
    assert card.fit is not None
    assert card.fit.held_out == "stretches of time of one person"
    assert "one person alone" in said


def test_data_that_cannot_be_fitted_are_one_sentence(data: Gathered, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="51 frames, fewer than the 52 signals"):
        fitted(data.taken(np.arange(51)), tmp_path)
    still = replace(data, scores=np.full_like(data.scores, 0.3))
    with pytest.raises(InputError, match="No signal moves in the data"):
        fitted(still, tmp_path)
    (tmp_path / "mine").write_text("in the way")
    with pytest.raises(OutputError, match="mine is a file, not a folder"):
        fitted(data, tmp_path)


def test_labels_of_another_tracker_give_a_flame_heads_mapping(data: Gathered, tmp_path: Path) -> None:
    head = replace(AnimatedHead.load("builtin").head, expression_names=())
    save_head(head, tmp_path / "head.npz")
    jaw = np.pad(0.5 * data.scores[:, [MEDIAPIPE_INDEX["jawOpen"]]], ((0, 0), (0, 2)))
    exp = data.scores[:, :20]
    np.savez(tmp_path / "labels.npz", exp=exp, jaw_pose=jaw, eye_pose=np.zeros((240, 6), np.float32))
    data.save(tmp_path / "data.npz")
    settings = FitSettings(
        tmp_path / "data.npz",
        tmp_path / "mine",
        head=str(tmp_path / "head.npz"),
        labels=tmp_path / "labels.npz",
    )
    card = fit(settings, print)
    mapping = ScoreMapping.load(tmp_path / "mine")
    assert card.fit is not None
    assert card.fit.labels == "the labels labels.npz"
    assert mapping.expression_count == head.expression_count, "padded to the head's components"
    assert mapping.coefficients(data.scores[3]).jaw[0] == pytest.approx(jaw[3, 0], abs=0.01)
