"""A head's name is a valid name of a folder on every system and not reserved."""

from __future__ import annotations

import pytest

from app.heads.names import check_name
from flame_model.errors import InputError


@pytest.mark.parametrize("name", ["flame", "flame2023_Open", "me-2.b", "7", "_x", "a" * 64, "console"])
def test_plain_names_are_good(name: str) -> None:
    assert check_name(name, of_ict=False) == name


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "-x", "a b", "end.", "a\n", "a" * 65, "C:", "nul"],
)
def test_names_that_are_no_folders_are_refused_with_the_value(name: str) -> None:
    with pytest.raises(InputError, match="cannot be a head's name") as caught:
        check_name(name, of_ict=False)
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize("name", ["con", "PRN.txt", "lpt1"])
def test_windows_devices_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="cannot be a head's name"):
        check_name(name, of_ict=False)


@pytest.mark.parametrize("name", ["builtin", "Builtin", "ict", "ICT"])
def test_names_of_other_heads_are_taken(name: str) -> None:
    with pytest.raises(InputError, match="is taken"):
        check_name(name, of_ict=False)


def test_ict_may_be_called_ict() -> None:
    assert check_name("ict", of_ict=True) == "ict"
    with pytest.raises(InputError, match="is taken"):
        check_name("builtin", of_ict=True)
