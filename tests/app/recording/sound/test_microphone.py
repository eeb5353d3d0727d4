"""A microphone is in time with the pictures, and never ends their recording."""

from __future__ import annotations

import builtins
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from app.recording import Recorder
from app.recording.sound.microphone import DEFAULT, Heard, Microphone, open_device
from flame_model.errors import InputError, OutputError
from tests.app.recording.sound.test_sound_in_files import SYNC_S, heard_s, seen_s

RATE = 44_100
BLOCK = 441


class FakeInput:
    """A microphone that hears a click wherever it is told, by a clock that tests move on."""

    def __init__(self) -> None:
        self.now_s, self.rate, self.closed = 100.0, RATE, False
        self.heard: Heard | None = None

    def open(self, _name: str, heard: Heard) -> FakeInput:
        self.heard = heard
        return self

    def close(self) -> None:
        self.closed = True

    def clock(self) -> float:
        return self.now_s

    def hear(self, level: float = 0.0, latency_s: float = 0.03) -> None:
        """Hand over the block that began `latency_s` ago."""
        assert self.heard is not None
        samples = np.full((BLOCK, 1), level, np.float32)
        samples[1::2] *= -1
        self.heard(samples, latency_s)


def opened(fake: FakeInput, said: list[str]) -> Microphone:
    microphone = Microphone("Desk", fake.open, fake.clock, said.append)
    deadline_s = time.monotonic() + 10
    while microphone.rate != RATE and time.monotonic() < deadline_s:
        time.sleep(0.005)
    assert microphone.rate == RATE
    return microphone


def record(path: Path, fake: FakeInput, microphone: Microphone, silent: Callable[[float], bool]) -> None:
    """Record three seconds at 25 pictures a second; picture and sound flash and click at 0.8 s and 2.4 s."""
    recorder = Recorder(path, (64, 48), 25, sound=microphone)
    begun_s = fake.now_s + 0.5
    for step in range(350):
        time_s = fake.now_s - begun_s
        # A block that is handed over now was heard 30 ms ago.
        click = any(0 <= time_s - 0.03 - click_s < 0.0099 for click_s in (0.8, 2.4))
        if not silent(time_s):
            fake.hear(0.9 if click else 0.0)
        if time_s > -1e-6 and step % 4 == 2:
            flash = any(abs(time_s - click_s) < 0.02 for click_s in (0.8, 2.4))
            picture = np.full((48, 64, 4), 250 if flash else 10, np.uint8)
            while recorder.wants(fake.now_s) and not recorder.offer(picture, fake.now_s):
                time.sleep(0.001)
        fake.now_s += BLOCK / RATE
    report = recorder.stop()
    assert (report.error, report.frames) == (None, pytest.approx(75, abs=1))


def test_clicks_are_heard_when_flashes_are_seen(tmp_path: Path) -> None:
    fake, said = FakeInput(), []
    microphone = opened(fake, said)
    record(tmp_path / "out.mp4", fake, microphone, silent=lambda _: False)
    np.testing.assert_allclose(heard_s(tmp_path / "out.mp4"), seen_s(tmp_path / "out.mp4"), atol=SYNC_S)
    assert len(seen_s(tmp_path / "out.mp4")) == 2
    assert said == []
    assert fake.closed


def test_one_that_is_unplugged_half_way_is_told_once_and_the_video_goes_on(tmp_path: Path) -> None:
    fake, said = FakeInput(), []
    microphone = opened(fake, said)
    record(tmp_path / "out.mp4", fake, microphone, silent=lambda time_s: time_s > 1.0)
    assert said == ["Desk sends no sound any more; the recording goes on without"]
    assert len(heard_s(tmp_path / "out.mp4")) == 1
    assert len(seen_s(tmp_path / "out.mp4")) == 2


def test_after_a_gap_it_is_in_time_again(tmp_path: Path) -> None:
    fake, said = FakeInput(), []
    microphone = opened(fake, said)
    record(tmp_path / "out.mp4", fake, microphone, silent=lambda time_s: 1.0 < time_s < 1.7)
    np.testing.assert_allclose(heard_s(tmp_path / "out.mp4"), seen_s(tmp_path / "out.mp4"), atol=SYNC_S)


def test_one_that_is_missing_is_told_once_and_the_video_is_recorded(tmp_path: Path) -> None:
    said: list[str] = []

    def missing(_name: str, _heard: Heard) -> FakeInput:
        raise InputError("There is no microphone.")

    recorder = Recorder(
        tmp_path / "out.mp4", (64, 48), 25, sound=Microphone(DEFAULT, missing, time.perf_counter, said.append)
    )
    for index in range(50):
        while recorder.wants(index / 25) and not recorder.offer(np.zeros((48, 64, 4), np.uint8), index / 25):
            time.sleep(0.001)
    assert recorder.stop().frames == 50
    assert said == ["There is no microphone. The recording has no sound."]


def test_without_portaudio_the_error_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    plain_import = builtins.__import__

    def refuse(name: str, *arguments, **named):
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return plain_import(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(InputError, match=r"PortAudio library not found.*libportaudio2"):
        open_device(DEFAULT, lambda *_: None)


def test_an_unknown_name_is_told_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def query(name: str | None = None, kind: str = "") -> object:
        if kind:
            raise ValueError(f"No input device matching {name!r}")
        return [{"name": "Desk", "max_input_channels": 1}, {"name": "Speaker", "max_input_channels": 0}]

    library = SimpleNamespace(query_devices=query, PortAudioError=RuntimeError)
    monkeypatch.setitem(sys.modules, "sounddevice", library)
    with pytest.raises(InputError, match=r"The microphone Lamp cannot be opened .*there are: Desk\."):
        open_device("Lamp", lambda *_: None)


def test_the_real_library_refuses_a_microphone_that_is_not_there() -> None:
    with pytest.raises(InputError, match=r"PortAudio|The microphone no such one cannot be opened"):
        open_device("no such one", lambda *_: None)


def test_a_recording_that_cannot_begin_stops_its_microphone(tmp_path: Path) -> None:
    fake, said = FakeInput(), []
    microphone = opened(fake, said)
    with pytest.raises(OutputError, match="There is no folder"):
        Recorder(tmp_path / "nowhere" / "out.mp4", (64, 48), 25, sound=microphone)
    assert fake.closed
