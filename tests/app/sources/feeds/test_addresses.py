from __future__ import annotations

import time

import cv2
import numpy as np
import pytest

from app.sources import SourceNotice, open_source
from app.sources.clips.containers import Opened
from app.sources.feeds import network
from app.sources.feeds.network import opened_within
from flame_model.errors import SourceError
from mappings.frames import Frame
from tests.app.sources.servers import answering, chunked, sends

PNG = cv2.imencode(".png", np.full((48, 64, 3), (0, 0, 250), np.uint8))[1].tobytes()
JPEG = cv2.imencode(".jpg", np.full((48, 64, 3), (0, 0, 250), np.uint8))[1].tobytes()


def read(address: str) -> tuple[list[Frame], list[str]]:
    with open_source(address, live=False) as source:
        items = list(source)
    notices = [item.text for item in items if isinstance(item, SourceNotice)]
    return [item for item in items if isinstance(item, Frame)], notices


@pytest.mark.parametrize("length", ["stated", "chunked", "unknown"])
@pytest.mark.parametrize("container_format", ["webm", "matroska", "mpegts", "flv"])
def test_a_short_clip_is_read_whole_whatever_is_said_of_its_length(
    make_clip, container_format, length
) -> None:
    kind = "matroska" if container_format == "webm" else container_format
    options = {"live": "1"} if container_format == "webm" else {}
    body = make_clip("clip", frames=20, container_format=kind, **options).read_bytes()
    answer = {
        "stated": sends(body, f"Content-Length: {len(body)}"),
        "chunked": sends(chunked(body), "Transfer-Encoding: chunked"),
        "unknown": sends(body),
    }[length]
    with answering(answer) as address:
        frames, notices = read(f"{address}/clip")
    assert [frame.index for frame in frames] == list(range(20))
    assert frames[-1].time_s == pytest.approx(19 / 30, abs=2e-3)
    assert notices == []


@pytest.mark.parametrize("stated", [True, False])
@pytest.mark.parametrize(("name", "picture"), [("a.png", PNG), ("a.jpg", JPEG), ("snapshot", JPEG)])
def test_a_picture_at_an_address_is_a_still(name: str, picture: bytes, stated: bool, clock) -> None:
    headers = (f"Content-Length: {len(picture)}",) if stated else ()
    with answering(sends(picture, *headers)) as address:
        frames, _ = read(f"{address}/{name}")
        assert len(frames) == 1
        assert abs(frames[0].image.astype(int) - (250, 0, 0)).max() < 12
        live = open_source(f"{address}/{name}", live=True, clock=clock, sleep=clock.sleep)
        with live as source:
            held = [frame for frame, _ in zip(source, range(40), strict=False)]
    assert held[-1].time_s == pytest.approx(39 / 30)


def test_pictures_one_after_the_other_at_an_address_are_a_clip() -> None:
    with answering(sends(7 * JPEG, f"Content-Length: {7 * len(JPEG)}")) as address:
        frames, _ = read(f"{address}/clip.mjpeg")
    assert len(frames) == 7


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_TIMEOUT", (0.6, 0.6))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("headers", [None, ("Content-Length: 100000",)])
def test_a_server_that_accepts_and_says_nothing_is_told_as_such(headers) -> None:
    def silent(_: object) -> None:
        time.sleep(3.0)

    answer = silent if headers is None else sends(b"", *headers, stalls_s=3.0)
    with answering(answer) as address, pytest.raises(SourceError, match=r"does not answer within 0\.6 s"):
        open_source(f"{address}/clip.mp4", live=True)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("stated", [True, False])
def test_a_server_that_stops_in_the_middle_is_told_as_such(make_clip, stated: bool) -> None:
    body = make_clip("clip", frames=60, grain=40, container_format="matroska").read_bytes()
    headers = (f"Content-Length: {len(body)}",) if stated else ()
    with answering(sends(body[: len(body) // 2], *headers, stalls_s=3.0)) as address:
        frames, notices = read(f"{address}/clip")
    assert 10 < len(frames) < 60
    assert notices == [f"{address}/clip stopped sending after {len(frames)} frames."]
    assert np.isfinite([frame.time_s for frame in frames]).all()


def test_what_answers_too_late_is_closed_and_told() -> None:
    closed: list[str] = []

    class Late:
        def close(self) -> None:
            closed.append("closed")

    def work() -> Late:
        time.sleep(0.2)
        return Late()

    with pytest.raises(SourceError, match="too late"):
        opened_within(0.05, work, "too late")
    time.sleep(0.4)
    assert closed == ["closed"]


def test_what_goes_wrong_while_opening_is_raised_at_once() -> None:
    def work() -> Opened:
        raise TimeoutError("its own")

    with pytest.raises(TimeoutError, match="its own"):
        opened_within(60.0, work, "too late")


def test_a_file_of_unknown_kind_at_an_address_is_a_sentence() -> None:
    page = b"<html>nothing here</html>" * 50
    with answering(sends(page, f"Content-Length: {len(page)}")) as address, pytest.raises(SourceError):
        open_source(f"{address}/index.html", live=False)
