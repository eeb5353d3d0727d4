"""What the panel sets is kept in a file that people may edit, and nothing in it is lost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.live.panel.kept.kept_settings import KeptSettings
from app.live.panel.kept.toml_lines import set_line
from app.live.settings import LiveSettings
from mappings.adjusting.adjustments import Adjustments


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_kept_is_read_by_the_next_run(path: Path) -> None:
    kept = KeptSettings(path)
    kept.keep("look", "clay")
    kept.keep("skin", 0.25)
    kept.keep("face.my head", [0.5, -1.0])
    kept.keep("out", 'C:\\videos\\"\u00e4"')
    kept.keep("unfolded", ["Head", "Look"])
    assert not path.exists()
    kept.write()
    again = KeptSettings(path)
    assert again.values == {
        "look": "clay",
        "skin": 0.25,
        "face": {"my head": [0.5, -1.0]},
        "out": 'C:\\videos\\"\u00e4"',
        "unfolded": ["Head", "Look"],
    }
    assert not again.told
    assert "# how the head is drawn" in path.read_text(encoding="utf-8")


def test_what_is_usual_again_leaves_the_file(path: Path) -> None:
    kept = KeptSettings(path)
    kept.keep("look", "clay")
    kept.write()
    before = path.read_text()
    kept.keep("mirror", False)
    kept.write()
    kept.keep("mirror", None)
    kept.write()
    assert path.read_text() == before


def test_a_file_that_was_edited_keeps_its_comments_tables_and_unknown_lines(path: Path) -> None:
    text = '# mine\nlook = "toon"  # tried\nfuture = [1,\n 2]\n\n[other]\nlook = "theirs"\n'
    kept = KeptSettings(written(path, text))
    assert kept.values == {"look": "toon"}
    assert len(kept.told) == 1
    assert "future" in kept.told[0]
    kept.keep("look", "clay")
    kept.keep("smoothing", 0.5)
    kept.write()
    found = tomllib.loads(path.read_text())
    assert found == {"look": "clay", "smoothing": 0.5, "future": [1, 2], "other": {"look": "theirs"}}
    assert "# mine" in path.read_text()


def test_another_window_does_not_undo_what_this_one_sets(path: Path) -> None:
    first, second = KeptSettings(path), KeptSettings(path)
    first.keep("look", "clay")
    first.write()
    second.keep("environment", "stage")
    second.write()
    assert KeptSettings(path).values == {"look": "clay", "environment": "stage"}


@pytest.mark.parametrize(
    "content", [b"look = ", b"\xff\xfe\x00", b"a = " + 40_000 * b"["], ids=["cut", "bytes", "deep"]
)
def test_a_broken_file_is_set_aside_whole_and_said(path: Path, content: bytes) -> None:
    written(path, "").write_bytes(content)
    kept = KeptSettings(path)
    assert not kept.values
    assert len(kept.told) == 1
    assert "settings-broken-1.toml" in kept.told[0]
    assert path.with_name("settings-broken-1.toml").read_bytes() == content
    kept.keep("look", "clay")
    kept.write()
    assert KeptSettings(path).values == {"look": "clay"}
    written(path, "").write_bytes(content)
    KeptSettings(path)
    assert path.with_name("settings-broken-1.toml").read_bytes() == content
    assert path.with_name("settings-broken-2.toml").read_bytes() == content


def test_a_file_of_a_newer_version_is_used_but_not_changed(path: Path) -> None:
    text = 'version = 2\nlook = "clay"\n'
    kept = KeptSettings(written(path, text))
    assert kept.values == {"look": "clay"}
    assert "newer" in kept.told[0]
    kept.keep("look", "toon")
    kept.write()
    assert path.read_text() == text


@pytest.mark.parametrize(
    "line",
    [
        'look = "nothing"',
        "look = ['clay']",
        "smoothing = 2",
        "smoothing = true",
        "skin = -0.1",
        'skin = "purple"',
        'head = "nobody-has-this"',
        'background = "/no/such/file.mp4"',
        "face = [1]",
        "face = { builtin = ['wide'] }",
        "mirror = 1",
        "smoothing = nan",
    ],
)
def test_a_value_that_cannot_be_used_is_left_out_and_said(path: Path, line: str) -> None:
    kept = KeptSettings(written(path, line + "\n"))
    assert not kept.values
    assert len(kept.told) == 1
    assert line.split(" ", maxsplit=1)[0] in kept.told[0]


def test_a_folder_in_place_of_the_file_is_told_and_stays(path: Path) -> None:
    path.mkdir(parents=True)
    kept = KeptSettings(path)
    kept.keep("look", "clay")
    kept.write()
    assert path.is_dir()
    assert any("not kept" in sentence for sentence in kept.told)


def test_without_a_path_nothing_is_written() -> None:
    kept = KeptSettings(None)
    kept.keep("look", "clay")
    kept.write()
    assert not kept.values
    assert not kept.told


def test_options_that_were_given_win(path: Path) -> None:
    kept = KeptSettings(written(path, 'look = "clay"\nout = "videos"\nunfolded = []\nskin = 0.5\n'))
    settings = LiveSettings(look="toon").with_kept(kept.values, {"look"})
    assert settings.look == "toon"
    assert settings.out == Path("videos")
    assert settings.skin == 0.5
    assert settings.kept == {"out", "skin"}
    assert settings.colors().skin is not None


def test_a_line_is_changed_where_it_stands() -> None:
    assert set_line("b = 1\na = 2\n", "b", 3, "words") == "b = 3\na = 2\n"
    assert set_line("ab = 1\n", "b", 3, "words") == "ab = 1\n# words\nb = 3\n"
    assert set_line("# words\nb = 3\na = 1\n", "b", None, "words") == "a = 1\n"
    assert set_line("a = 1\n", "b", None, "words") == "a = 1\n"
    assert tomllib.loads(set_line("", "b", "\x7f\x00\n", "words")) == {"b": "\x7f\x00\n"}


def test_adjustments_are_kept_by_part_and_signal(path: Path) -> None:
    kept = KeptSettings(path)
    for name, value in (
        ("strengths.mouth", 1.2),
        ("strengths.head", 0.5),
        ("gains.eyeBlinkLeft", 1.5),
        ("muted", ["jawForward"]),
    ):
        kept.keep(name, value)
    kept.write()
    settings = LiveSettings().with_kept(KeptSettings(path).values, given=())
    assert settings.adjustments() == Adjustments(
        {"mouth": 1.2, "head": 0.5}, {"eyeBlinkLeft": 1.5}, frozenset({"jawForward"})
    )
    kept.keep("strengths.mouth", None)
    kept.write()
    assert KeptSettings(path).values["strengths"] == {"head": 0.5}


@pytest.mark.parametrize(
    "line",
    [
        "strengths.ears = 1.0",
        "strengths.mouth = 3.0",
        'gains.jawOpen = "much"',
        'muted = ["jaw"]',
        "muted = 1",
    ],
)
def test_adjustments_that_make_no_sense_are_left_out(path: Path, line: str) -> None:
    kept = KeptSettings(written(path, f"version = 1\n{line}\n"))
    assert not kept.values
    assert len(kept.told) == 1
    assert "left out" in kept.told[0]
