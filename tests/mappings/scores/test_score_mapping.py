"""Mappings in the published layouts and in ours give the right coefficients."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from flame_model.errors import InputError, MappingFileError
from flame_model.head import DEFAULT_MATERIAL, Head, Provenance
from mappings.scores.mapping_card import MappingCard
from mappings.scores.score_mapping import ScoreMapping

CARD = {"head": "clay", "expression_count": 7, "licence": "MIT", "source": "a test"}


@pytest.fixture
def write_folder(tmp_path):
    """Return a function that writes a mapping folder with E components and returns its arrays."""

    def write(expression_count: int = 50, jaw: str = "bs2jaw", card: dict | None = None, **extra: tuple):
        rng = np.random.default_rng(3)
        shapes = {"bs2exp": (52, expression_count), jaw: (52, 3 if jaw == "bs2jaw" else 6), "bs2eye": (52, 6)}
        arrays = {name: rng.normal(size=shape).astype(np.float32) for name, shape in (shapes | extra).items()}
        for name, array in arrays.items():
            np.save(tmp_path / f"{name}.npy", np.asfortranarray(array))
        if card is not None:
            (tmp_path / "mapping.json").write_text(json.dumps(card))
        return tmp_path, arrays

    return write


@pytest.fixture
def scores():
    """Return five rows of scores."""
    return np.random.default_rng(5).uniform(0, 1, (5, 52)).astype(np.float32)


def head_of(expression_count: int, names: tuple[str, ...] = ()) -> Head:
    """Return a head of one vertex with a number of expression components."""
    return Head(
        name="clay",
        template=np.zeros((1, 3), np.float32),
        faces=np.zeros((0, 3), np.int32),
        identity_basis=np.zeros((1, 3, 0), np.float32),
        expression_basis=np.zeros((1, 3, expression_count), np.float32),
        pose_correctives=np.zeros((1, 3, 36), np.float32),
        joint_regressor=np.zeros((5, 1), np.float32),
        skin_weights=np.ones((1, 5), np.float32) / 5,
        eyelid_basis=np.zeros((1, 3, 2), np.float32),
        face_materials=np.zeros(0, np.uint8),
        materials=(DEFAULT_MATERIAL,),
        vertex_colors=np.ones((1, 3), np.float32),
        expression_names=names,
    )


@pytest.mark.parametrize("expression_count", [50, 100])
@pytest.mark.parametrize("jaw", ["bs2jaw", "bs2pose"])
def test_published_layouts_give_the_published_products(write_folder, scores, expression_count, jaw):
    folder, arrays = write_folder(expression_count, jaw)
    expression, pose, eye_pose = ScoreMapping.load(str(folder)).convert(blendshape_scores=scores)
    assert (expression.shape, pose.shape, eye_pose.shape) == ((5, expression_count), (5, 6), (5, 6))
    assert expression.dtype == pose.dtype == eye_pose.dtype == np.float32
    np.testing.assert_allclose(expression, scores @ arrays["bs2exp"], atol=1e-5)
    np.testing.assert_allclose(pose[:, 3:], (scores @ arrays[jaw])[:, -3:], atol=1e-5)
    np.testing.assert_array_equal(pose[:, :3], 0)
    np.testing.assert_allclose(eye_pose, scores @ arrays["bs2eye"], atol=1e-5)


def test_intercepts_are_added(write_folder, scores):
    extra = {"exp_intercept": (50,), "jaw_intercept": (3,), "eye_intercept": (6,)}
    folder, arrays = write_folder(**extra)
    expression, pose, eye_pose = ScoreMapping.load(folder).convert(blendshape_scores=scores * 0)
    np.testing.assert_array_equal(expression, np.tile(arrays["exp_intercept"], (5, 1)))
    np.testing.assert_array_equal(pose[:, 3:], np.tile(arrays["jaw_intercept"], (5, 1)))
    np.testing.assert_array_equal(eye_pose, np.tile(arrays["eye_intercept"], (5, 1)))


def test_the_live_path_gives_the_same_numbers_and_the_eyelids(write_folder, scores):
    folder, arrays = write_folder(7, card=CARD, bs2eyelids=(52, 2), eyelids_intercept=(2,))
    mapping = ScoreMapping.load(folder)
    expression, pose, eye_pose = mapping.convert(scores)
    for row, each in enumerate(scores):
        live = mapping.coefficients(each)
        np.testing.assert_array_equal(live.expression, expression[row])
        np.testing.assert_array_equal(live.jaw, pose[row, 3:])
        np.testing.assert_array_equal(live.eyes, eye_pose[row].reshape(2, 3))
        lids = each @ arrays["bs2eyelids"] + arrays["eyelids_intercept"]
        np.testing.assert_allclose(live.eyelids, lids.clip(0, 1), atol=1e-5)


def test_without_eyelid_files_the_lids_rest(write_folder, scores):
    folder, _ = write_folder()
    np.testing.assert_array_equal(ScoreMapping.load(folder).coefficients(scores[0]).eyelids, [0, 0])


def test_the_bundled_mapping_is_the_built_in_heads():
    assert ScoreMapping.default().name == "builtin"


def test_a_mapping_for_another_head_is_refused(write_folder):
    mapping = ScoreMapping.load(write_folder(7, card=CARD)[0])
    assert mapping.for_head(head_of(7)) is mapping
    with pytest.raises(InputError, match=r"'clay' gives 7 .* has 100; .*--mapping FOLDER"):
        mapping.for_head(head_of(100))


def test_the_published_fifty_fill_the_first_of_a_hundred(write_folder, scores):
    mapping = ScoreMapping.load(write_folder(50)[0])
    wide = mapping.for_head(head_of(100)).convert(scores)
    narrow = mapping.convert(scores)
    np.testing.assert_array_equal(wide.expression[:, :50], narrow.expression)
    np.testing.assert_array_equal(wide.expression[:, 50:], 0)
    np.testing.assert_array_equal(wide.pose, narrow.pose)
    for head in (head_of(40), head_of(60, tuple(f"shape_{index}" for index in range(60)))):
        with pytest.raises(InputError, match="50 expression components"):
            mapping.for_head(head)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s[0], r"received \(52,\)"),
        (lambda s: s[:, :51], r"received \(5, 51\)"),
        (lambda s: np.where(np.arange(52) == 25, np.nan, s), r"received nan for jawOpen in row 0"),
        (lambda _: [["a"] * 52], "numbers"),
    ],
    ids=["one row", "51 columns", "NaN", "text"],
)
def test_wrong_scores_get_a_sentence(write_folder, scores, change, message):
    mapping = ScoreMapping.load(write_folder()[0])
    with pytest.raises(InputError, match=message):
        mapping.convert(blendshape_scores=change(scores))


@pytest.mark.parametrize(
    ("name", "array", "message"),
    [
        ("bs2exp", np.zeros((52, 7)), r"bs2exp\.npy .*received \(52, 7\)\. .*mapping\.json"),
        ("bs2jaw", np.zeros((3, 52)), r"bs2jaw\.npy should have shape \(52, 3\), received \(3, 52\)"),
        ("bs2eye", np.full((52, 6), np.inf), r"bs2eye\.npy should be finite, .*received inf at \(0, 0\)"),
        ("bs2eye", np.full((52, 6), 1e30), r"bs2eye\.npy should be finite, up to 1e\+06, received 1e\+30"),
        ("bs2eye", np.array([print], dtype=object), r"bs2eye\.npy is not a readable"),
        ("bs2eye", np.full((52, 6), "x"), r"bs2eye\.npy should hold numbers"),
        ("eye_intercept", np.zeros(5), r"eye_intercept\.npy should have shape \(6,\), received \(5,\)"),
    ],
)
def test_a_wrong_array_is_named(write_folder, name, array, message):
    folder, _ = write_folder()
    np.save(folder / f"{name}.npy", array)
    with pytest.raises(MappingFileError, match=message):
        ScoreMapping.load(folder)


@pytest.mark.parametrize(
    "content", [b"", b"version https://git-lfs.github.com/spec/v1\n", b"\x93NUMPY\x01\x00"]
)
def test_a_file_that_is_no_array_is_named(write_folder, content):
    folder, _ = write_folder()
    (folder / "bs2exp.npy").write_bytes(content)
    with pytest.raises(MappingFileError, match=r"bs2exp\.npy is not a readable \.npy file"):
        ScoreMapping.load(folder)


def test_missing_files_are_named(tmp_path, write_folder):
    with pytest.raises(MappingFileError, match="not a folder"):
        ScoreMapping.load(tmp_path / "nowhere")
    folder, _ = write_folder()
    (folder / "bs2jaw.npy").unlink()
    with pytest.raises(MappingFileError, match=r"There is no \.npy file .*bs2jaw\.npy"):
        ScoreMapping.load(folder)


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ("{", "not a readable JSON file"),
        ("[]", "'head', received None"),
        (json.dumps(CARD | {"expression_count": "7"}), "'expression_count', received '7'"),
        (json.dumps(CARD | {"expression_count": 0}), "received 0"),
    ],
)
def test_a_wrong_card_is_named(write_folder, card, message):
    folder, _ = write_folder(7)
    (folder / "mapping.json").write_text(card)
    with pytest.raises(MappingFileError, match=message):
        ScoreMapping.load(folder)


def test_a_mapping_does_not_change(write_folder):
    mapping = ScoreMapping.load(write_folder()[0])
    assert replace(mapping, name="other").name == "other"
    with pytest.raises(AttributeError):
        mapping.name = "other"


def test_a_published_mapping_gets_a_warning_on_another_edition(synthetic_head: Head) -> None:
    published = ScoreMapping("published", np.zeros((52, 61)), np.zeros(61))
    head = replace(synthetic_head, expression_names=())

    def warning(edition: str, mapping: ScoreMapping = published) -> str | None:
        return mapping.edition_warning(replace(head, provenance=Provenance(edition)))

    assert "which is for FLAME 2020, but the head 'synthetic-0' is of FLAME 2023" in str(
        warning("FLAME 2023")
    )
    for edition in ("FLAME 2020", "FLAME 2017, 2019 or 2020", "", "own file"):
        assert warning(edition) is None
    ours = replace(published, card=MappingCard("x", 50, "MIT", "a test"))
    assert warning("FLAME 2023", ours) is None
