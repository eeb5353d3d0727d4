"""Every command refuses meaningless values with one sentence, exit code 2 and no file."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from app.cli import cli, run
from app.commands.values import Count, FilePath, Number, PathText, Size, SourceText, Strength, Text, ZoomPart

LONG = "x" * 300
EMPTY = ("", "   ")
NASTY: dict[type[click.ParamType], tuple[str, ...]] = {
    Text: (*EMPTY, "a\0b"),
    PathText: (*EMPTY, "a\0b", LONG, "/".join(["folder"] * 700)),
    FilePath: (*EMPTY, "a\0b", LONG, "jürgen" * 60, f"folder/{LONG}.mp4"),
    ZoomPart: ("", "nan", "inf", "0", "-1", "1e999", "2,nan,nan", "2,2,2", "2,0.5", "wide"),
    SourceText: (
        *EMPTY,
        "a\0b",
        "\ud800.mp4",
        LONG,
        "4294967296",
        "9" * 5000,
        "-1",
        "http://[::1",
        "http://",
        "http://host:port/x",
        "gopher://x",
        "gone.mp4",
    ),
    Number: ("nan", "inf", "-inf", "1e999", "-1", "many", ""),
    Count: ("1e23", "0", "-1", "1.5", "9" * 30, "9" * 5000, "nan", ""),
    Strength: (
        "",
        "mouth",
        "mouth=",
        "mouth=nan",
        "mouth=2.1",
        "mouth=-1",
        "ears=1",
        "1.2",
        "=",
        "mouth=1=1",
    ),
    Size: ("0x0", "99999x99999", "720", "720x", "-1x5", "infxnan", ""),
    click.Choice: ("", "nonsense"),
}


def commands(
    group: click.Command = cli, path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    """Return every command with the words that call it."""
    found = [(path, group)]
    for name, command in getattr(group, "commands", {}).items():
        found += commands(command, (*path, name))
    return found


def cases() -> list[tuple[str, ...]]:
    """Return command lines in which one value is invalid and all others are valid."""
    made = []
    for path, command in commands():
        for param in command.params:
            for value in NASTY.get(type(param.type), ()):
                words = [
                    given(each, value if each is param else "demo")
                    for each in command.params
                    if each.required or each is param
                ]
                made.append((*path, *(part for given_words in words for part in given_words)))
    return made


def given(param: click.Parameter, value: str) -> list[str]:
    return [value] if isinstance(param, click.Argument) else [param.opts[0], value]


def test_every_value_that_is_typed_has_a_type_that_refuses_nonsense() -> None:
    plain = (click.types.BoolParamType, click.Choice, click.types.UnprocessedParamType)
    for path, command in commands():
        for param in command.params:
            known = isinstance(param.type, plain) or type(param.type) in NASTY
            assert known, f"{' '.join(path)} {param.name} takes {param.type}"


@pytest.mark.parametrize("arguments", cases(), ids=lambda arguments: " ".join(map(repr, arguments))[:80])
def test_a_nasty_value_is_one_sentence(
    arguments: tuple[str, ...],
    tmp_path: Path,
    bundle: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FLAME_CAM_LANDMARKER", str(bundle))
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    code = run(arguments)
    said = capsys.readouterr()
    assert said.out == ""
    (sentence,) = said.err.splitlines()
    assert code == 2, sentence
    assert sentence.startswith("flame-cam: ")
    assert "Unexpected" not in sentence
    assert len(sentence) < 1600
    assert sentence.isprintable()
    assert not list(tmp_path.iterdir())
