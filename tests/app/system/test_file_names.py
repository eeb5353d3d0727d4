"""Names in any script can name files on every system; unusable names are refused."""

from __future__ import annotations

import unicodedata

import pytest

from app.model.profiles import profile_path
from app.system.file_names import is_usable, plain_name
from flame_model.errors import InputError


@pytest.mark.parametrize(
    "name", ["jürgen", "山田", "Ольга", "يوسف", "प्रिया", "anna-2_b", "ñ" * 64, "山" * 64, "_x", "console"]
)
def test_a_profile_may_have_a_name_in_any_script(name: str) -> None:
    assert profile_path(name).name == f"{unicodedata.normalize('NFC', name)}.toml"


def test_an_accent_is_the_same_however_it_is_typed() -> None:
    assert profile_path("ju\u0308rgen") == profile_path("j\u00fcrgen")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "a:b",
            "-x",
            "a b",
            " a",
            "a.",
            "a.b",
            "a\n",
            "a\x1b[31m",
            "a\x00",
        ),
        *("con", "NUL", "com1", "LPT9", "com¹", "a" * 65, "𒀀" * 50, "\u202eanna", "a\u200bb", "\ud800", "😀"),
    ],
)
def test_what_some_system_cannot_keep_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="cannot be a profile's name") as caught:
        profile_path(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_the_rule_takes_more_characters_where_it_is_told() -> None:
    assert is_usable("flame-2.b", also="-_.")
    assert not is_usable("con.head", also=".")
    assert plain_name("e\u0301") == "é"
