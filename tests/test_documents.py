"""The documents are true to the project: links lead somewhere, and commands, options and names exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

import flame_cam
from app.cli import cli

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PROGRAM = "flame-cam"

every_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def broken_links(text: str, folder: Path) -> list[str]:
    """Return the relative links and pictures of a document in `folder` that lead to no file or folder."""
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    relative = [link.partition("#")[0] for link in links if "://" not in link]
    return [link for link in relative if not (folder / link).exists()]


def code(text: str) -> Iterator[str]:
    """Yield the lines of the code blocks of a document and its code within sentences."""
    fenced = re.findall(r"^```.*?\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    indented = re.findall(r"^    .*$", text, re.MULTILINE)
    for block in (*fenced, *indented):
        yield from block.splitlines()
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)


def printed_commands(text: str) -> list[list[str]]:
    """Return the arguments of every command line of flame-cam that a document prints."""
    commands = []
    for line in code(text):
        for part in line.partition(" # ")[0].split(" | "):
            words = shlex.split(part.translate({ord("["): " ", ord("]"): " "})) if PROGRAM in part else []
            if words and Path(words[0]).name == PROGRAM:
                commands.append(words[1:])
    return commands


def mentioned_options(text: str) -> list[str]:
    """Return the options that a document names in code without a command, such as `--zoom 4`."""
    spans = (span.split()[0] for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text))
    return [word for word in spans if word.startswith("--")]


def named_command(arguments: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that arguments name, and the rest of them. Raises LookupError."""
    command: click.Command = cli
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        name, *arguments = arguments
        if name not in command.commands:
            raise LookupError(f"{command.name} has no command {name}")
        command = command.commands[name]
    return command, arguments


def options_of(command: click.Command) -> set[str]:
    """Return every option of a command."""
    parameters = command.get_params(click.Context(command, help_option_names=["-h", "--help"]))
    return {option for each in parameters for option in (*each.opts, *each.secondary_opts)}


def unknown_options(arguments: list[str]) -> list[str]:
    """Return the options in a command's arguments that it does not have; raises LookupError as above."""
    command, rest = named_command(arguments)
    return [word for word in rest if re.match(r"--?[a-z]", word) and word not in options_of(command)]


def leaves(command: click.Command) -> Iterator[click.Command]:
    """Yield a command, or the commands of a group at any depth."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from leaves(each)
    else:
        yield command


@every_document
def test_links_lead_to_files(path: Path) -> None:
    assert broken_links(path.read_text(encoding="utf-8"), path.parent) == []


@every_document
def test_printed_commands_exist_with_their_options(path: Path) -> None:
    commands = printed_commands(path.read_text(encoding="utf-8"))
    assert {shlex.join(each): unknown for each in commands if (unknown := unknown_options(each))} == {}


@every_document
def test_mentioned_options_exist(path: Path) -> None:
    known = set.union(options_of(cli), *map(options_of, leaves(cli)))
    assert set(mentioned_options(path.read_text(encoding="utf-8"))) - known == set()


@every_document
def test_named_folders_modules_and_public_names_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # Tables may name folders that are planned.
    sentences = re.sub(r"^\|.*$", "", text, flags=re.MULTILINE)
    places = re.findall(r"`((?:app|mappings|render|flame_model|tests|assets)/[\w/.]*)`", sentences)
    assert [place for place in places if not (ROOT / place).exists()] == []
    modules = re.findall(r"python -m (\w+\.\w+)", text)
    assert [module for module in modules if find_spec(module) is None] == []
    assert set(re.findall(r"\bflame_cam\.(\w+)", text)) - {"py"} <= set(flame_cam.__all__)


def test_the_guide_shows_every_command() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *ROOT.glob("docs/guide/*.md"))]
    shown = {id(named_command(each)[0]) for text in texts for each in printed_commands(text)}
    assert [each.name for each in leaves(cli) if id(each) not in shown] == []


def test_the_checks_see_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "there.md").touch()
    text = "[a](there.md#part) ![b](gone.png) [c](https://example.org/x)"
    assert broken_links(text, tmp_path) == ["gone.png"]
    text = "    cat x | flame-cam track a b --gone  # --not-this\n\n`flame-cam heads nonsense`, `--gone 2`"
    track, nonsense = printed_commands(text)
    assert unknown_options(track) == ["--gone"]
    with pytest.raises(LookupError, match="nonsense"):
        unknown_options(nonsense)
    assert mentioned_options(text) == ["--gone"]
