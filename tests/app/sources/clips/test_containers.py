from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.sources import open_source
from flame_model.errors import SourceError
from mappings.frames import Frame
from tests.app.sources.servers import answering, sends

PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n"
MANIFEST = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet>'
    '<Representation id="1" bandwidth="1"><BaseURL>{}</BaseURL></Representation></AdaptationSet></Period>'
    "</MPD>"
)
LISTS = {
    "list.ffconcat": "ffconcat version 1.0\nfile '{}'\n",
    "list.mp4": "ffconcat version 1.0\nfile '{}'\n",
    "list.m3u8": PLAYLIST,
    "list.mov": PLAYLIST,
    "list.mpd": MANIFEST,
    "list.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns={}\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 33\n",
    "list.txt": ";FFMETADATA1\ntitle={}\n",
}


def count(spec: str) -> int:
    with open_source(spec, live=False) as source:
        return sum(isinstance(item, Frame) for item in source)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_files_reads_none_of_them_and_is_a_sentence(make_clip, tmp_path: Path, name: str) -> None:
    other = make_clip("other.mp4")
    for target in (other.name, str(other), f"file://{other}"):
        (tmp_path / name).write_text(LISTS[name].format(target))
        with pytest.raises(SourceError, match=name.replace(".", r"\.")):
            open_source(str(tmp_path / name), live=False)


@pytest.mark.parametrize("name", LISTS)
def test_a_file_reaches_no_address(tmp_path: Path, name: str) -> None:
    asked: list[bytes] = []

    def note(connection: socket.socket) -> None:
        asked.append(connection.recv(1000))

    with answering(note) as address:
        (tmp_path / name).write_text(LISTS[name].format(f"{address}/other.mp4"))
        with pytest.raises(SourceError):
            open_source(str(tmp_path / name), live=False)
    assert asked == []


@pytest.mark.parametrize("name", ["list.m3u8", "list.ffconcat", "list.mpd"])
def test_an_address_reaches_no_file(make_clip, name: str) -> None:
    body = LISTS[name].format(f"file://{make_clip('other.mp4')}").encode()
    with answering(sends(body, f"Content-Length: {len(body)}")) as address, pytest.raises(SourceError):
        open_source(f"{address}/{name}", live=False)


def test_an_address_that_is_moved_to_a_file_is_not_followed(make_clip) -> None:
    moved = sends(b"", f"Location: file://{make_clip()}", "Content-Length: 0", status="302 Found")
    with answering(moved) as address, pytest.raises(SourceError):
        open_source(f"{address}/clip.mp4", live=False)


@pytest.mark.parametrize(
    "name",
    [
        "concat:clip.mp4|clip.mp4",
        "file:clip.mp4",
        "http:clip.mp4",
        "pipe:1",
        "a:b.mp4",
        "-x.mp4",
        " leading.mp4",
        "trailing.mp4 ",
        "frame%03d.mp4",
        "what?*.mp4",
        'it\'s "so".mp4',
        "über\u202e.mp4",
    ],
)
def test_a_name_is_a_name(make_clip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    try:
        (tmp_path / name).write_bytes(make_clip("source").read_bytes())
    except OSError:
        pytest.xfail("this system allows no such name")
    monkeypatch.chdir(tmp_path)
    assert count(name) == 10


@pytest.mark.parametrize(
    "spec",
    [
        "http://[::1",
        "http://",
        "http://127.0.0.1:99999/x",
        "rtsp://",
        "https://:80/",
        "concat:a|b",
        "pipe:0",
        "4294967296",
        "9" * 5000,
        "2147483648",
        "a\0b.mp4",
        "x" * 300,
        "-",
        "lavfi:testsrc",
        "data://x",
    ],
)
def test_what_cannot_be_opened_is_a_sentence(spec: str) -> None:
    with pytest.raises(SourceError):
        open_source(spec, live=False)
