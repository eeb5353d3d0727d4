"""Printed text cannot hide anything or control the terminal, and names in any script stay readable."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from app.system.terminal import LONGEST_LINE, LONGEST_WORD, printable, tell
from tests.app.conftest import ROOT, program, program_environment

CODE = (ROOT / "app", ROOT / "render", ROOT / "mappings", ROOT / "flame_model")


@pytest.mark.parametrize(
    "name", ["jürgen.mp4", "山田太郎", "Ωμέγα", "नमस्ते", "می‌خواهم", "👩‍🔬", "it's 100 % (final) [take 2].mov"]
)
def test_names_of_every_script_stay(name: str) -> None:
    assert printable(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("two\nlines\r\tand a tab", "two\\x0alines\\x0d\\x09and a tab"),
        ("\x9b2J", "\\x9b2J"),
        ("gpj.\u202eevil", "gpj.\\u202eevil"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("line\u2028separator", "line\\u2028separator"),
        ("undecodable\udcff", "undecodable\\udcff"),
        ("\U000e0041tag", "\\U000e0041tag"),
    ],
)
def test_what_hides_or_commands_is_made_visible(name: str, shown: str) -> None:
    assert printable(name) == shown


def test_long_names_and_lines_keep_both_ends() -> None:
    name = printable("first " + "x" * 5000 + ".mp4 last")
    assert name.startswith("first xxx")
    assert name.endswith(".mp4 last")
    assert len(name) <= LONGEST_WORD + len("first  last")
    line = printable("word " * 1000 + "end")
    assert len(line) <= LONGEST_LINE
    assert line.endswith("end")


def test_each_line_that_is_told_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell("one\ntwo", "three")
    assert capsys.readouterr().out == "one\\x0atwo\nthree\n"


def test_nothing_else_writes_to_the_terminal() -> None:
    writes = re.compile(
        r"\bclick\.(?:s?echo|secho)\(|(?<![\w.])print\(|\btqdm\.write\(|\btqdm\(|sys\.std(?:out|err)\.write\("
    )
    named = {"terminal.py", "download.py", "preparation_steps.py"}
    """Modules whose bar titles are fixed texts."""
    found = [
        path.relative_to(ROOT)
        for folder in CODE
        for path in folder.rglob("*.py")
        if path.name not in named and "authoring" not in path.parts and writes.search(path.read_text("utf-8"))
    ]
    assert not found


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_terminal_of_any_alphabet_is_written_to(tmp_path: Path, encoding: str) -> None:
    hostile = "山田 \x1b[2J\u202e \udcff.mp4"
    variables = {"PYTHONIOENCODING": f"{encoding}:strict", "PYTHONUTF8": "0"}
    finished = subprocess.run(
        program("heads", "show", hostile),
        cwd=tmp_path,
        env=program_environment(tmp_path, variables),
        capture_output=True,
        check=False,
    )
    assert finished.returncode == 2
    # click takes an ASCII terminal for one that is set up wrongly and writes UTF-8.
    said = finished.stderr.decode("utf-8" if encoding == "ascii" else encoding)
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert ("山田" in said) is (encoding != "cp1252")
