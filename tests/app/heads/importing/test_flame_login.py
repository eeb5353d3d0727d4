"""The user's login downloads an edition, is sent to the form alone, and is never shown."""

from __future__ import annotations

import io
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.heads.importing import flame_login
from app.heads.importing.flame_editions import download_of
from app.heads.importing.flame_login import (
    ADDRESS_VARIABLE,
    PASSWORD_VARIABLE,
    USER_VARIABLE,
    Login,
    download_edition,
    login_from_environment,
)
from flame_model.errors import DownloadError, FlameCamError, InputError
from tests.app.heads.loopback import PASSWORD, USER, Site, serving

EDITION = download_of("2020")
LOGIN = Login(USER, PASSWORD)


def archive() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as file:
        file.writestr("FLAME2020/generic_model.pkl", bytes(range(256)) * 400)
    return memory.getvalue()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with serving() as running:
        running.files[EDITION.archive] = archive()
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv(ADDRESS_VARIABLE, f"{running.address}/download.php")
        yield running


def refusal(tmp_path: Path, kind: type[FlameCamError], login: Login = LOGIN) -> str:
    """Return the sentence of a failed download, after checking that no output shows the login."""
    with pytest.raises(kind) as caught:
        download_edition(EDITION, login, tmp_path)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__dict__)
    assert login.password not in shown
    assert login.user not in shown
    return str(caught.value)


def test_the_right_login_gets_the_archive(site: Site, tmp_path: Path) -> None:
    path = download_edition(EDITION, LOGIN, tmp_path)
    assert path.read_bytes() == archive()
    [(method, asked, _)] = site.asked
    assert method == "POST"
    assert asked == "/download.php?domain=flame&sfile=FLAME2020.zip&resume=1"


@pytest.mark.parametrize("status", [200, 401, 403])
def test_a_wrong_password_is_one_sentence(site: Site, tmp_path: Path, status: int) -> None:
    site.refuse_with = status
    text = refusal(tmp_path, InputError, Login(USER, "wrong-password"))
    assert "did not accept this login for FLAME 2020" in text


@pytest.mark.parametrize("status", [302, 303, 307, 308])
def test_a_redirect_is_followed_without_the_login(site: Site, tmp_path: Path, status: int) -> None:
    site.files["/files/FLAME2020.zip"] = archive()
    site.redirect, site.redirect_status = "/files/FLAME2020.zip", status
    assert download_edition(EDITION, LOGIN, tmp_path).read_bytes() == archive()
    assert [(method, body) for method, _, body in site.asked][1:] == [("GET", b"")]


@pytest.mark.parametrize("target", ["http://flame.example.org/x.zip", "ftp://127.0.0.1/x.zip"])
def test_a_redirect_away_from_https_is_refused(site: Site, tmp_path: Path, target: str) -> None:
    site.redirect = target
    assert "not an https address" in refusal(tmp_path, DownloadError)


def test_a_redirect_to_nothing_is_told(site: Site, tmp_path: Path) -> None:
    site.redirect = "/gone"
    assert "404" in refusal(tmp_path, DownloadError)


def test_redirects_end(site: Site, tmp_path: Path) -> None:
    site.circle = "/again"
    site.redirect = "/again"
    assert "redirects more than 5 times" in refusal(tmp_path, DownloadError)


def test_a_form_over_plain_http_elsewhere_is_never_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, "http://flame.example.org/download.php")
    assert "not an https address" in refusal(tmp_path, DownloadError)


def test_a_download_that_breaks_off_is_told(site: Site, tmp_path: Path) -> None:
    site.cut = 1000
    assert "The download from http://127.0.0.1" in refusal(tmp_path, DownloadError)


def test_a_download_without_end_is_cut(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flame_login, "MOST_BYTES", 5000)
    assert "bytes where 5000 is the most expected" in refusal(tmp_path, DownloadError)
    assert site.asked


def test_something_else_than_an_archive_is_told(site: Site, tmp_path: Path) -> None:
    site.files[EDITION.archive] = b"maintenance"
    assert "11 bytes that are no whole FLAME2020.zip" in refusal(tmp_path, DownloadError)


def test_a_file_that_the_site_does_not_have_is_told(site: Site, tmp_path: Path) -> None:
    site.files.clear()
    assert "404" in refusal(tmp_path, DownloadError)


def test_a_site_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, "http://127.0.0.1:9/download.php")
    assert "refused" in refusal(tmp_path, DownloadError)


def test_the_login_comes_from_the_environment_whole_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(USER_VARIABLE, raising=False)
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    assert login_from_environment() is None
    monkeypatch.setenv(USER_VARIABLE, USER)
    assert login_from_environment() == LOGIN
    assert PASSWORD not in repr(LOGIN)
