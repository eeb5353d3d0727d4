"""Editions are compared by their properties, whatever the spelling of their names."""

from __future__ import annotations

import pytest

from flame_model.files.editions import differ, edition_of


@pytest.mark.parametrize(
    "text", ["2020", "FLAME 2020", "FLAME2020 generic", "flame_2020, male", "FLAME 2017, 2019 or 2020"]
)
def test_all_these_may_be_2020(text: str) -> None:
    assert not differ(edition_of(text), edition_of("FLAME 2020"))


@pytest.mark.parametrize("text", ["2019", "FLAME 2023", "FLAME2023 Open", "FLAME 2017"])
def test_all_these_are_not_2020(text: str) -> None:
    assert differ(edition_of(text), edition_of("2020"))


def test_open_and_jawless_models_have_components_of_their_own() -> None:
    for other in ("FLAME 2023 Open", "FLAME 2023, no jaw", "flame2023_no_jaw"):
        assert differ(edition_of("2023"), edition_of(other))
    assert not differ(edition_of("FLAME2023Open"), edition_of("FLAME 2023 Open"))


@pytest.mark.parametrize(
    "text", ["", "FLAME layout, edition not known", "own file", "12020", "flame-cam's own"]
)
def test_what_names_no_edition_differs_from_none(text: str) -> None:
    assert edition_of(text) is None
    assert not differ(edition_of(text), edition_of("2020"))


def test_an_edition_is_written_as_people_write_it() -> None:
    assert str(edition_of("2020")) == "FLAME 2020"
    assert str(edition_of("flame2023_open")) == "FLAME 2023 Open"
    assert str(edition_of("FLAME 2017, 2019 or 2020")) == "FLAME 2017 or 2019 or 2020"
