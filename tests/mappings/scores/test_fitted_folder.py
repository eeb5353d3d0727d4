"""A fit adds bounds and a record to a mapping folder, each refused in a sentence where it is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from flame_model.errors import MappingFileError
from mappings.scores.mapping_card import CARD_NAME, FitRecord, MappingCard
from mappings.scores.mapping_folder import read_mapping_folder, write_mapping_folder

RECORD = FitRecord("data.npz", "ours", "labels", "ridge", 6, 1500, "people", {"jaw": 0.9}, {"jaw": 0.1})
CARD = MappingCard("mine", 7, "ours", "a test", RECORD)
MATRICES = {"bs2exp": 7, "bs2jaw": 3, "bs2eye": 6, "bs2eyelids": 2}
BOUNDS = np.array([np.zeros(52), np.full(52, 0.5)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    arrays = {name: np.ones((52, columns)) for name, columns in MATRICES.items()}
    write_mapping_folder(tmp_path, {**arrays, "score_bounds": BOUNDS}, CARD)
    return tmp_path


def test_the_record_and_the_bounds_are_read_back(folder: Path) -> None:
    read = read_mapping_folder(folder)
    assert read.card == CARD
    assert read.score_bounds is not None
    np.testing.assert_allclose(read.score_bounds, BOUNDS)


def test_a_mapping_written_over_it_keeps_nothing_of_it(folder: Path) -> None:
    arrays = {name: np.ones((52, columns)) for name, columns in MATRICES.items() if name != "bs2eyelids"}
    write_mapping_folder(folder, arrays, MappingCard("other", 7, "ours", "a test"))
    read = read_mapping_folder(folder)
    assert read.score_bounds is None
    assert not read.eyelids[0].any()
    assert "fit" not in json.loads((folder / CARD_NAME).read_text())


def test_bounds_the_wrong_way_round_are_one_sentence(folder: Path) -> None:
    np.save(folder / "score_bounds.npy", BOUNDS[::-1])
    with pytest.raises(MappingFileError, match=r"the least scores before the greatest, received \[0\.5 0"):
        read_mapping_folder(folder)
    np.save(folder / "score_bounds.npy", BOUNDS[:, :51])
    with pytest.raises(MappingFileError, match=r"should have shape \(2, 52\), received \(2, 51\)"):
        read_mapping_folder(folder)


@pytest.mark.parametrize("record", ["text", {"data": "data.npz"}, {"strange": 1}])
def test_a_record_that_is_none_is_one_sentence(record: object, folder: Path) -> None:
    card = json.loads((folder / CARD_NAME).read_text())
    (folder / CARD_NAME).write_text(json.dumps({**card, "fit": record}))
    with pytest.raises(MappingFileError, match="record of a fit under 'fit'"):
        read_mapping_folder(folder)


@pytest.mark.parametrize("name", ["bs2exp", "bs2jaw", "bs2eye"])
def test_a_folder_with_one_matrix_missing_is_one_sentence(name: str, folder: Path) -> None:
    (folder / f"{name}.npy").unlink()
    with pytest.raises(MappingFileError, match=rf"There is no \.npy file .*{name}\.npy. A mapping folder"):
        read_mapping_folder(folder)
