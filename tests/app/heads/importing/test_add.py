"""`flame-cam heads add`, from FLAME files of every kind to a rendered clip."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import time
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from PIL import Image

from app.heads.importing.flame_login import USER_VARIABLE
from flame_model.find_heads import load_head
from flame_model.head import Head
from tests.app.conftest import FlameCam, program, program_environment, sentence
from tests.app.heads.conftest import Command
from tests.flame_files import Flavour, flame_arrays, write_flame_file
from tests.synthetic_heads import mixed_flame_head


@pytest.fixture(scope="module")
def mixed_head() -> Head:
    return mixed_flame_head()


def kept_heads(folder: Path) -> Path:
    """Return where the program keeps heads when `flame_cam` runs it."""
    return folder / "cache" / "flame-cam" / "heads"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def pictures(path: Path) -> list[np.ndarray]:
    with Image.open(path) as file:
        frames = []
        for index in range(file.n_frames):
            file.seek(index)
            frames.append(np.asarray(file.convert("RGBA"), dtype=np.int16))
        return frames


@pytest.mark.parametrize("flavour", get_args(Flavour))
def test_every_flavour_becomes_a_moving_picture(
    command: Command, heads_folder: Path, bundle: Path, mixed_head: Head, flavour: Flavour
) -> None:
    file = Path(f"flame2023_Open.{flavour.partition('_')[0]}")
    write_flame_file(mixed_head, file, flavour)
    added = command("heads", "add", file, "--name", "mine", "--no-response", "--landmarker", bundle)
    assert added.code == 0, added.err
    assert "FLAME 2023 Open" in added.out
    assert "CC BY 4.0" in added.out
    assert {"head.npz", "mapping", "picture.png"} <= set(names(heads_folder / "mine"))
    assert load_head(heads_folder / "mine" / "head.npz").eyelid_hold is not None
    with Image.open(heads_folder / "mine" / "picture.png") as picture:
        assert picture.size == (512, 512)
    out = Path("out.png")
    rendered = command("render", "demo", out, "--head", "mine", "--frames", "10", "--size", "128x128")
    assert rendered.code == 0, rendered.err
    frames = pictures(out)
    assert len(frames) == 10
    assert all(np.abs(after - before).max() > 20 for before, after in pairwise(frames))


class _Hostile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def _missing(_: Path, arrays: dict[str, Any]) -> bytes:
    del arrays["weights"]
    return pickle.dumps(arrays, protocol=2)


def _wrong_shape(_: Path, arrays: dict[str, Any]) -> bytes:
    return pickle.dumps(arrays | {"posedirs": arrays["posedirs"][:, :, :9]}, protocol=2)


def _truncated(_: Path, arrays: dict[str, Any]) -> bytes:
    return pickle.dumps(arrays, protocol=2)[:-4000]


def _point(_: Path, arrays: dict[str, Any]) -> bytes:
    return pickle.dumps(arrays | {"v_template": np.zeros_like(arrays["v_template"])}, protocol=2)


def _hostile(folder: Path, arrays: dict[str, Any]) -> bytes:
    return pickle.dumps(arrays | {"extra": _Hostile(folder / "pwned")}, protocol=2)


BAD = {
    "missing keys": (_missing, "'weights' is missing"),
    "wrong shapes": (_wrong_shape, "(386, 3, 9)"),
    "a point": (_point, "386 vertices in one place"),
    "truncated": (_truncated, "not a complete pickle"),
    "hostile": (_hostile, "refused"),
    "empty": (lambda *_: b"", "received 0 bytes"),
    "text": (lambda *_: b"404: not found", "should be a pickle or an .npz archive"),
}


@pytest.mark.parametrize(("spoil", "words"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_gets_one_sentence_and_changes_nothing(
    command: Command, heads_folder: Path, synthetic_head: Head, spoil: Any, words: str
) -> None:
    older = heads_folder / "generic_model"
    older.mkdir(parents=True)
    (older / "head.npz").write_text("as it was")
    file = Path("generic_model.pkl")
    file.write_bytes(spoil(file.parent.resolve(), flame_arrays(synthetic_head)))
    finished = command("heads", "add", file)
    assert finished.code == 2
    [told] = finished.err.splitlines()
    assert words in told
    assert "generic_model.pkl" in told
    assert not Path("pwned").exists()
    assert names(heads_folder) == ["generic_model"]
    assert (older / "head.npz").read_text() == "as it was"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gone.pkl",), "gone.pkl"),
        ((".",), "no file"),
        (("me.jpg",), "flame-cam heads fit me.jpg"),
        (("good.pkl", "--name", "../up"), "'../up'"),
        (("good.pkl", "--name", "builtin"), "'builtin'"),
        (("good.pkl", "--name", "ict"), "'ict'"),
        (("good.pkl", "--edition", "2020"), "--edition"),
        (("flame", "--edition", "1999"), "'1999'"),
        (("flame", "--edition", "2020"), USER_VARIABLE),
    ],
)
def test_wrong_use_is_one_sentence(
    command: Command, heads_folder: Path, synthetic_head: Head, arguments: tuple[str, ...], words: str
) -> None:
    write_flame_file(synthetic_head, Path("good.pkl"))
    Path("me.jpg").touch()
    finished = command("heads", "add", *arguments)
    assert finished.code == 2
    [told] = finished.err.splitlines()
    assert words in told
    assert not names(heads_folder)


def test_the_zip_it_came_in_is_enough(
    flame_cam: FlameCam, tmp_path: Path, bundle: Path, synthetic_head: Head
) -> None:
    write_flame_file(synthetic_head, tmp_path / "generic_model.pkl")
    with zipfile.ZipFile(tmp_path / "FLAME2020.zip", "w") as file:
        file.write(tmp_path / "generic_model.pkl", "FLAME2020/generic_model.pkl")
        file.writestr("FLAME2020/male_model.pkl", b"never read")
    added = flame_cam("heads", "add", "FLAME2020.zip", "--no-response", "--landmarker", bundle)
    assert added.returncode == 0, added.stderr
    assert "taking generic_model.pkl out of FLAME2020.zip" in added.stderr
    shown = flame_cam("heads", "show", "FLAME2020").stdout
    assert "FLAME 2020" in shown
    assert "non-commercial" in shown
    assert str((tmp_path / "FLAME2020.zip").stat().st_size)[:3] in shown.replace(",", "")
    assert "FLAME2020" in flame_cam("heads").stdout
    assert "Removed the head FLAME2020" in flame_cam("heads", "remove", "FLAME2020").stdout
    assert names(kept_heads(tmp_path)) == []


def test_a_head_in_a_file_says_how_to_get_its_mapping(
    flame_cam: FlameCam, tmp_path: Path, synthetic_head: Head
) -> None:
    write_flame_file(synthetic_head, tmp_path / "mine.pkl")
    finished = flame_cam("render", "demo", "out.png", "--head", "mine.pkl")
    assert finished.returncode == 2
    assert "flame-cam heads add mine.pkl" in sentence(finished)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to whole consoles only")
def test_an_interrupted_add_leaves_nothing(tmp_path: Path, bundle: Path, synthetic_head: Head) -> None:
    write_flame_file(synthetic_head, tmp_path / "mine.pkl")
    process = subprocess.Popen(
        program("heads", "add", tmp_path / "mine.pkl", "--landmarker", bundle),
        env=program_environment(tmp_path, {}),
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline_s = time.monotonic() + 60
    while not names(kept_heads(tmp_path)):
        assert process.poll() is None, "it ended before it could be interrupted"
        assert time.monotonic() < deadline_s
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "no head was added" in error
    assert "Traceback" not in error
    assert names(kept_heads(tmp_path)) == []
