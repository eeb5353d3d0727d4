"""An output never replaces an input, another output, or a file that the user wants to keep."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from app.model.profiles import profile_path
from app.pipeline.outputs import Given, check_outputs
from app.pipeline.outputs.input_files import files_at, given_files, given_profile, given_source
from app.pipeline.settings import ModelSettings
from flame_model.errors import OutputError


def link(path: Path) -> Path:
    made = path.with_name("link.mp4")
    made.symlink_to(path.name)
    return made


def hard_link(path: Path) -> Path:
    made = path.with_name("hard.mp4")
    made.hardlink_to(path)
    return made


def linked_folder(path: Path) -> Path:
    made = path.with_name("folder")
    made.symlink_to(path.parent, target_is_directory=True)
    return made / path.name


@pytest.fixture
def clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"dear")
    return path


def check(*files: Path, given: tuple[Given, ...] = (), folders: tuple[Path, ...] = ()) -> None:
    check_outputs(files=files, folders=folders, given=given, replace=True)


@pytest.mark.parametrize(
    "spelling",
    [
        lambda path: path,
        lambda path: Path(path.name),
        lambda path: path.parent / "x" / ".." / path.name,
        link,
        hard_link,
        linked_folder,
    ],
    ids=["itself", "relative", "dots", "link", "hard link", "linked folder"],
)
def test_a_source_is_known_under_every_name(clip: Path, spelling: Callable[[Path], Path]) -> None:
    (clip.parent / "x").mkdir()
    out = spelling(clip)
    with pytest.raises(OutputError, match=r"is the same file as the source .*clip\.mp4; name another output"):
        check(out, given=given_source("clip.mp4"))


def test_a_disk_that_ignores_case_is_asked_and_not_the_name(clip: Path, monkeypatch) -> None:
    plain_stat = Path.stat

    def stat(path: Path, **named: bool) -> os.stat_result:
        return plain_stat(path.with_name(path.name.lower()), **named)

    check(clip.with_name("CLIP.mp4"), given=given_source("clip.mp4"))
    monkeypatch.setattr(Path, "stat", stat)
    with pytest.raises(OutputError, match="is the same file"):
        check(clip.with_name("CLIP.mp4"), given=given_source("clip.mp4"))


@pytest.mark.parametrize("option", ["head", "mapping", "identity", "landmarker"])
def test_no_file_of_the_options_is_an_output(tmp_path: Path, option: str) -> None:
    named = tmp_path / "given"
    (named / "deeper").mkdir(parents=True)
    file = named / "deeper" / "file.npz"
    file.write_bytes(b"dear")
    value = named if option == "mapping" else file
    settings = ModelSettings(**{option: str(value) if option == "head" else value})
    with pytest.raises(OutputError, match="is the same file as the "):
        check(file, given=settings.given())
    check(tmp_path / "new.npz", given=settings.given())


def test_the_bundle_of_the_environment_is_no_output(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "face.task").write_bytes(b"dear")
    monkeypatch.setenv("FLAME_CAM_LANDMARKER", str(tmp_path / "face.task"))
    with pytest.raises(OutputError, match="same file as the tracker's bundle"):
        check(tmp_path / "face.task", given=ModelSettings().given())


def test_the_profile_and_the_demo_are_no_outputs(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("app.model.profiles.platformdirs.user_config_path", lambda *_, **__: tmp_path)
    path = profile_path("anna")
    path.parent.mkdir()
    path.write_text("wink_link = 0.5\n")
    with pytest.raises(OutputError, match="same file as the profile"):
        check(path, given=given_profile("anna"))
    (demo,) = given_source("demo")
    with pytest.raises(OutputError, match="same file as the source"):
        check(demo.path, given=given_source("demo"))


@pytest.mark.parametrize("folder", [".", "..", "up"])
def test_a_folder_that_holds_what_is_read_takes_no_output(clip: Path, folder: str) -> None:
    inner = clip.parent / "up" / "deeper"
    inner.mkdir(parents=True)
    moved = clip.rename(inner / "clip.mp4")
    with pytest.raises(OutputError, match="name another"):
        check(folders=(Path(folder),), given=given_files(data=moved))


@pytest.mark.parametrize(
    ("first", "second"),
    [("a.mp4", "a.mp4"), ("a.mp4", "./a.mp4"), ("a.mp4", "A.MP4"), ("clip.mp4", "link.mp4")],
)
def test_two_outputs_of_one_run_are_two(clip: Path, first: str, second: str) -> None:
    link(clip)
    with pytest.raises(OutputError, match="are the same output; name two different ones"):
        check(Path(first), Path(second))
    check(Path("one.mp4"), Path("two.mp4"))


def test_a_folder_of_very_many_files_is_not_searched_for_ever(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("app.pipeline.outputs.input_files.MOST_FILES", 5)
    for index in range(20):
        (tmp_path / f"{index}").touch()
    assert len(list(files_at(tmp_path))) == 6


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], list[str]]:
    """Return a function that simulates a person at a terminal with one answer, and returns the questions."""

    def sit_down(answer: bool) -> list[str]:
        asked: list[str] = []
        for stream in ("stdin", "stderr"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
        monkeypatch.setattr(click, "confirm", lambda text, **_: asked.append(text) or answer)
        return asked

    return sit_down


def test_a_person_is_asked_before_an_older_file_goes(clip: Path, terminal) -> None:
    asked = terminal(False)
    with pytest.raises(OutputError, match=r"clip\.mp4 stays as it was; .* or answer with --yes"):
        check_outputs(files=[clip], given=(), replace=False)
    assert asked == [f"{clip} exists; replace it?"]


def test_a_yes_goes_on_and_with_the_option_nobody_is_asked(clip: Path, terminal) -> None:
    asked = terminal(True)
    check_outputs(files=[clip, clip.with_name("new.mp4")], given=(), replace=False)
    check_outputs(files=[clip], given=(), replace=True)
    assert len(asked) == 1


def test_a_folder_with_something_in_it_is_asked_for_an_empty_one_is_not(tmp_path: Path, terminal) -> None:
    asked = terminal(True)
    (tmp_path / "empty").mkdir()
    shutil.copytree(tmp_path / "empty", tmp_path / "full")
    (tmp_path / "full" / "notes.txt").touch()
    check_outputs(folders=[tmp_path / "empty", tmp_path / "full"], given=(), replace=False)
    assert asked == [f"{tmp_path / 'full'} holds files; replace those with the same names?"]


def test_a_script_gets_what_it_says(clip: Path) -> None:
    check_outputs(files=[clip], given=(), replace=False)
