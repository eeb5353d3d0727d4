"""`heads add ict` and `heads add flame` against a server on this machine."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.heads.importing.adding import ICT_VARIABLE
from app.heads.importing.flame_login import ADDRESS_VARIABLE, PASSWORD_VARIABLE, USER_VARIABLE
from flame_model.head import Head
from tests.app.conftest import ROOT, FlameCam, program, program_environment
from tests.app.heads.loopback import PASSWORD, USER, Site, serving
from tests.flame_files import write_flame_file

NO_PROXY = {"NO_PROXY": "127.0.0.1"}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def edition(tmp_path: Path, synthetic_head: Head) -> bytes:
    """Return the archive of an edition."""
    write_flame_file(synthetic_head, tmp_path / "flame2023_Open.pkl")
    with zipfile.ZipFile(tmp_path / "edition.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.write(tmp_path / "flame2023_Open.pkl", "FLAME2023Open/flame2023_Open.pkl")
    return (tmp_path / "edition.zip").read_bytes()


def kept(folder: Path) -> bytes:
    """Return everything the program has written to its cache."""
    return b"".join(file.read_bytes() for file in (folder / "cache").rglob("*") if file.is_file())


def test_flame_with_the_login_of_the_environment(
    flame_cam: FlameCam, tmp_path: Path, bundle: Path, site: Site, edition: bytes
) -> None:
    site.files["FLAME2023Open.zip"] = edition
    login = {
        USER_VARIABLE: USER,
        PASSWORD_VARIABLE: PASSWORD,
        ADDRESS_VARIABLE: site.address + "/download.php",
    }
    arguments = ("heads", "add", "flame", "--edition", "2023-open", "--no-response", "--landmarker", bundle)
    added = flame_cam(*arguments, **login, **NO_PROXY)
    assert added.returncode == 0, added.stderr
    assert "FLAME 2023 Open" in added.stdout
    assert hashlib.sha256(edition).hexdigest() in added.stdout.replace("\n", "").replace(" ", "")
    for secret in (USER, PASSWORD):
        assert secret not in added.stdout + added.stderr
        assert secret.encode() not in kept(tmp_path)


def test_flame_with_a_wrong_password(flame_cam: FlameCam, tmp_path: Path, site: Site) -> None:
    login = {USER_VARIABLE: USER, PASSWORD_VARIABLE: "not-this-one", ADDRESS_VARIABLE: site.address + "/form"}
    finished = flame_cam("heads", "add", "flame", "--edition", "2020", "--debug", **login, **NO_PROXY)
    assert finished.returncode == 2
    assert "did not accept this login" in finished.stderr.splitlines()[-1]
    assert "not-this-one" not in finished.stderr
    assert USER not in finished.stderr
    assert not list((tmp_path / "cache" / "flame-cam" / "heads").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal stands for the user's")
def test_flame_asks_on_the_terminal_and_shows_no_password(tmp_path: Path, site: Site, edition: bytes) -> None:
    site.files["FLAME2023Open.zip"] = edition
    variables = {
        ADDRESS_VARIABLE: site.address + "/download.php",
        "FLAME_CAM_LANDMARKER": "/nowhere",
        **NO_PROXY,
    }
    hidden = (USER_VARIABLE, PASSWORD_VARIABLE)
    environment = program_environment(tmp_path, variables)
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        program("heads", "add", "flame"),
        cwd=ROOT,
        env={name: value for name, value in environment.items() if name not in hidden},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    for prompt, answer in ((b"Edition", "2023-open"), (b"User", USER), (b"Password", PASSWORD)):
        while prompt not in shown.rpartition(b"\n")[2]:
            shown += os.read(ours, 4096)
        os.write(ours, answer.encode() + b"\n")
        shown += b"\n"
    process.wait(timeout=60)
    shown += os.read(ours, 65536)
    os.close(ours)
    assert b"CC BY 4.0" in shown
    assert b"non-commercial" in shown
    assert [method for method, *_ in site.asked] == ["POST"]
    assert b"/nowhere" in shown, "the right login went on to the landmarks"
    assert PASSWORD.encode() not in shown


def test_ict_from_its_address(
    flame_cam: FlameCam, tmp_path: Path, bundle: Path, test_data: Path, site: Site
) -> None:
    archive = (test_data / "heads" / "ICT-FaceKit-master.zip").read_bytes()
    site.files["/master.zip"] = archive
    address = site.address + "/master.zip"
    variables = {ICT_VARIABLE: address, **NO_PROXY}
    added = flame_cam("heads", "add", "ict", "--no-response", "--landmarker", bundle, **variables)
    assert added.returncode == 0, added.stderr
    assert "ict.zip:" in added.stderr
    assert "51.2M" in added.stderr
    told = added.stdout.replace("\n", "").replace(" ", "")
    assert hashlib.sha256(archive).hexdigest() in told
    assert f"{len(archive):,}bytes" in told
    assert address in told
    assert "MIT" in told
    rendered = flame_cam("render", "demo", "out", "--head", "ict", "--frames", "2", "--size", "64x64")
    assert rendered.returncode == 0, rendered.stderr
    first, second = sorted((tmp_path / "out").iterdir())
    assert first.read_bytes() != second.read_bytes()


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "404"), (b"moved elsewhere", "sent 15 bytes"), (b"PK broken", "no ICT-FaceKit archive")],
)
def test_an_address_that_sends_no_archive(
    flame_cam: FlameCam, tmp_path: Path, site: Site, content: bytes | None, words: str
) -> None:
    if content:
        site.files["/master.zip"] = content
    variables = {ICT_VARIABLE: site.address + "/master.zip", **NO_PROXY}
    finished = flame_cam("heads", "add", "ict", **variables)
    assert finished.returncode in (1, 2)
    assert words in finished.stderr.splitlines()[-1]
    assert not list((tmp_path / "cache" / "flame-cam" / "heads").iterdir())
