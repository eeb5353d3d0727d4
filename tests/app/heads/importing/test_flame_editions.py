"""The name of a FLAME file determines its edition, and the edition its licence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.heads.importing.flame_editions import DOWNLOADS, doubt, download_of, flame_provenance
from flame_model.errors import InputError
from tests.synthetic_heads import make_head


@pytest.mark.parametrize(
    ("name", "where", "edition", "licence"),
    [
        ("flame2023_Open.pkl", "", "FLAME 2023 Open", "CC BY 4.0"),
        ("FLAME2023_open (1).pkl", "", "FLAME 2023 Open", "CC BY 4.0"),
        ("flame2023.pkl", "FLAME2023Open.zip", "FLAME 2023", "research"),
        ("flame2023_no_jaw.pkl", "", "FLAME 2023, no jaw", "research"),
        ("generic_model.pkl", "downloads", "FLAME 2017, 2019 or 2020", "research"),
        ("generic_model.pkl", "FLAME2020.zip", "FLAME 2020", "research"),
        ("FLAME_NEUTRAL.pkl", "flame_2019", "FLAME 2019", "research"),
        ("female_model.pkl", "FLAME2017", "FLAME 2017, female", "research"),
        ("male_model.npz", "120200", "FLAME 2017, 2019 or 2020, male", "research"),
        ("my_open_head.pkl", "", "FLAME layout, edition not known", "not known"),
    ],
)
def test_the_file_names_its_edition(name: str, where: str, edition: str, licence: str) -> None:
    provenance = flame_provenance(name, where)
    assert (provenance.edition, provenance.source) == (edition, name)
    assert licence in provenance.licence
    assert ("CC BY" in provenance.licence) == edition.endswith("Open")


def test_a_mesh_of_another_size_is_doubted() -> None:
    head = make_head()
    assert doubt(replace(head, provenance=flame_provenance("mine.pkl", ""))) is None
    doubted = doubt(replace(head, provenance=flame_provenance("flame2023.pkl", "")))
    assert doubted is not None
    assert f"{len(head.template)} vertices" in doubted
    assert "5023" in doubted


def test_only_the_open_edition_is_offered_as_open() -> None:
    assert [download.key for download in DOWNLOADS if "CC BY" in download.licence] == ["2023-open"]
    assert download_of("2020").archive == "FLAME2020.zip"
    with pytest.raises(InputError, match=r"'1999'.*2023-open, 2023, 2020"):
        download_of("1999")
