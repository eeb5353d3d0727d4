"""Whatever goes wrong, before, during or after a command: inputs and older outputs stay as they were."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs
import pytest
from PIL import Image

from app.cli import run
from app.recording.opening import open_file_writer
from flame_model.errors import GraphicsError
from mappings.records.take import Take, load_take, save_take
from tests.app.recording.conftest import picture, read_back
from tests.robustness.writing_commands import ASSETS, COMMANDS, OLDER, Command, Trouble

Files = dict[str, bytes | None]


@dataclass
class Case:
    """A command that is about to run in a folder of its own."""

    command: Command
    home: Path
    source: Path
    out: Path
    more: tuple[str, ...] = ()

    def run(self) -> int:
        """Run the command and return its exit code."""
        return run([*self.command.arguments(self.source, self.out), *self.more])


@pytest.fixture(scope="session")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one of everything that the commands read."""
    folder = tmp_path_factory.mktemp("given")
    take = load_take(ASSETS / "takes" / "demo.npz")
    for index, name in enumerate(("take.npz", "second.npz", "third.npz")):
        part = slice(100 + 12 * index, 112 + 12 * index)
        save_take(Take(name, take.observations[part], take.times[part], take.fps), folder / name)
    shutil.copy(ASSETS / "reference_frames.npz", folder / "data.npz")
    shutil.copy(ASSETS / "heads" / "builtin.npz", folder / "head.npz")
    shutil.copytree(ASSETS / "mappings" / "builtin", folder / "map")
    (folder / "words.npz").write_bytes(b"these are words, and no archive " * 20)
    Image.fromarray(np.full((64, 64, 3), 90, dtype=np.uint8)).save(folder / "photo.png")
    return folder


@pytest.fixture
def case(request, tmp_path: Path, given: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Return a command in a folder with what it reads and an older output."""
    home = tmp_path / "home"
    shutil.copytree(given, home / "in")
    (home / "words.npz").write_bytes(b"words")
    for name in ("second.npz", "third.npz", "map"):
        (home / name).symlink_to(home / "in" / name)
    for place in ("cache", "config"):
        monkeypatch.setattr(platformdirs, f"user_{place}_path", lambda *_, p=home / place, **__: p)
    monkeypatch.setenv("FLAME_CAM_LANDMARKER", str(bundle))
    monkeypatch.chdir(home)
    command = COMMANDS[request.param]
    out = home / command.out
    write_older(command, out)
    return Case(command, home, home / "in" / command.source, out)


def write_older(command: Command, out: Path) -> None:
    """Put an output of an earlier run where the next one will be written."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.name == "me.toml":
        out.write_text("wink_link = 0.5\n")
    elif out.name == "frames":
        with open_file_writer(out, (64, 48), 30, alpha=False) as writer:
            writer.add(picture(1))
    elif command.folder:
        shutil.copytree(ASSETS / "mappings" / "builtin", out)
        shutil.copy(ASSETS / "heads" / "builtin.npz", out / "head.npz")
    else:
        out.write_bytes(OLDER)
    if command.folder:
        (out / "notes.txt").write_text("mine")


def files_below(folder: Path) -> Files:
    """Return what every file below a folder holds, by its path; folders hold None."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def source_missing(case: Case, _: pytest.MonkeyPatch) -> None:
    case.source = case.home / "gone.npz"


def source_broken(case: Case, _: pytest.MonkeyPatch) -> None:
    for name in ("second.npz", "third.npz"):
        shutil.copy(case.home / "words.npz", case.home / "in" / name)
    case.source = case.home / "words.npz"


def bundle_wrong(case: Case, patch: pytest.MonkeyPatch) -> None:
    case.command.fake(patch, Trouble())
    if case.command.wrong_bundle[0] == "--landmarker" and case.command.source == "take.npz":
        # Takes need no bundle.
        case.source = case.home / "in" / "photo.png"
    case.more = case.command.wrong_bundle


def option_wrong(case: Case, _: pytest.MonkeyPatch) -> None:
    case.more = case.command.wrong


def place_missing(case: Case, _: pytest.MonkeyPatch) -> None:
    """Put a file where a folder on the way to the output should be."""
    if "/" in case.command.out:
        top = case.home / Path(case.command.out).parts[0]
        shutil.rmtree(top)
        top.write_bytes(OLDER)
    else:
        case.out = case.home / "words.npz" / case.out.name


def output_is_the_input(case: Case, _: pytest.MonkeyPatch) -> None:
    if "/" in case.command.out:
        case.source = case.out / "head.npz" if case.command.folder else case.out
    elif case.command.folder:
        case.out = case.source.parent
    else:
        case.out = case.home / f"link{case.out.suffix}"
        case.source = case.source.rename(case.source.with_suffix(case.out.suffix))
        case.out.symlink_to(case.source)


def output_of_another_kind(case: Case, _: pytest.MonkeyPatch) -> None:
    if case.command.other_kind:
        case.out = case.out.with_name(case.command.other_kind)
        case.out.write_bytes(OLDER)
    elif case.command.folder:
        shutil.rmtree(case.out)
        case.out.write_bytes(OLDER)
    else:
        case.out.unlink()
        case.out.mkdir()


def no_opengl(case: Case, patch: pytest.MonkeyPatch) -> None:
    case.command.fake(patch, Trouble(GraphicsError("There is no OpenGL here."), 1))


def exception_midway(case: Case, patch: pytest.MonkeyPatch) -> None:
    case.command.fake(patch, Trouble(RuntimeError("a fault of ours"), 3))


def interrupted_at_once(case: Case, patch: pytest.MonkeyPatch) -> None:
    case.command.fake(patch, Trouble(KeyboardInterrupt(), 1))


def interrupted_midway(case: Case, patch: pytest.MonkeyPatch) -> None:
    case.command.fake(patch, Trouble(KeyboardInterrupt(), 3))


def disk_full_at_the_end(case: Case, patch: pytest.MonkeyPatch) -> None:
    case.command.fake(patch, Trouble())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for name in ("replace", "rename"):
        patch.setattr(Path, name, full)


WAYS: tuple[Callable[[Case, pytest.MonkeyPatch], None], ...] = (
    source_missing,
    source_broken,
    bundle_wrong,
    option_wrong,
    place_missing,
    output_is_the_input,
    output_of_another_kind,
    no_opengl,
    exception_midway,
    interrupted_at_once,
    interrupted_midway,
    disk_full_at_the_end,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("case", COMMANDS, indirect=True)
def test_what_was_there_stays(
    case: Case,
    way: Callable[[Case, pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    way(case, monkeypatch)
    before = files_below(case.home)
    code = case.run()
    interrupted = way in (interrupted_at_once, interrupted_midway)
    assert (code == 0) == (interrupted and case.command.ends_by_ctrl_c)
    monkeypatch.undo()
    after, told = files_below(case.home), capsys.readouterr().err
    if way is interrupted_midway:
        before, after = without_what_is_kept(case, told, before), without_what_is_kept(case, told, after)
    assert {path: after.get(path, "gone") for path in before} == before
    new = [path for path in after if path not in before]
    # What is worth keeping may stay where the sentence says that it is.
    kept = {part for path in new for part in Path(path).parts if part.startswith(".") and part in told}
    assert not [path for path in new if kept.isdisjoint(Path(path).parts)]
    assert "Unexpected" not in told or way is exception_midway


def without_what_is_kept(case: Case, told: str, files: Files) -> Files:
    """Return `files` without those that an interrupted command reports as kept."""
    out = case.command.out
    if case.command.keeps_interrupted:
        assert f"{case.out} holds the first" in told
        (case.home / "frames" / "notes.txt").unlink(missing_ok=True)
        assert len(read_back(case.out)) >= 1
        return {path: held for path, held in files.items() if not path.startswith(out)}
    nothing = any(f"Interrupted; {words}" in told for words in ("nothing was written.", "no head was added"))
    assert nothing != case.command.ends_by_ctrl_c or "kept" in told
    return files
