from __future__ import annotations

import subprocess
import sys

import click
import pytest

from app.cli import cli, run

COMMANDS = (
    (),
    ("demo",),
    ("render",),
    ("track",),
    ("takes",),
    ("takes", "list"),
    ("takes", "cut"),
    ("takes", "join"),
    ("heads",),
    ("heads", "show"),
    ("heads", "add"),
    ("heads", "remove"),
    ("cameras",),
    ("doctor",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "live")
def test_every_help_shows_an_example(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "--help"]) == 0
    assert "Example:\n    flame-cam" in capsys.readouterr().out.replace("\n  flame-cam", "\n    flame-cam")


def test_the_contract_names_every_command_and_live_option() -> None:
    assert set(cli.commands) == {
        "demo",
        "calibrate",
        "render",
        "track",
        "takes",
        "heads",
        "mapping",
        "cameras",
        "doctor",
    }
    live = {name for option in cli.params for name in (*option.opts, *option.secondary_opts)}
    assert live >= {
        "--source",
        "--head",
        "--mapping",
        "--mirror",
        "--no-mirror",
        "--landmarker",
        "--size",
        "--record",
        "--out",
        "--exit-after",
        "--stats",
        "--loop",
        "--once",
        "--debug",
        "--profile",
        "--smoothing",
        "--framing",
    }
    demo = {name for option in cli.commands["demo"].params for name in option.opts}
    assert demo == {name for option in cli.params for name in option.opts} - {"--source", "--version"}


@pytest.mark.parametrize(
    ("arguments", "received"),
    [
        (["render", "clip.mp4"], "OUT"),
        (["render", "demo", "x.mp4", "--size", "big"], "'big'"),
        (["render", "demo", "x.mp4", "--size", "4x4"], "'4x4'"),
        (["render", "demo", "x.mp4", "--frames", "0"], "0"),
        (["render", "demo", "x.mp4", "--fps", "fast"], "'fast'"),
        (["demo", "--exit-after", "-1"], "-1"),
        (["--nonsense"], "--nonsense"),
        (["dance"], "'dance'"),
        (["--loop", "render", "demo", "x.mp4"], "--loop"),
    ],
)
def test_wrong_use_is_one_sentence_with_the_value_and_code_2(
    arguments: list[str], received: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert received in captured.err
    assert len(captured.err.splitlines()) == 1


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> object:
    """Make `flame-cam fail` raise what its argument names."""

    @click.command()
    @click.argument("kind")
    @click.option("--debug", is_flag=True, expose_value=False)
    def fail(kind: str) -> None:
        errors = {"bug": ValueError("wrong shape"), "stop": KeyboardInterrupt(), "kept": KeyboardInterrupt()}
        errors["kept"].add_note("out.mp4 holds the first 3 frames.")
        raise errors[kind]

    monkeypatch.setitem(cli.commands, "fail", fail)
    return fail


@pytest.mark.usefixtures("failing")
def test_a_bug_is_a_sentence_and_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fail", "bug"]) == 1
    error = capsys.readouterr().err
    assert "wrong shape" in error
    assert "Traceback" not in error


@pytest.mark.usefixtures("failing")
def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fail", "bug", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.usefixtures("failing")
def test_an_interrupted_command_ends_with_1_and_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fail", "stop"]) == 1
    assert capsys.readouterr().err.strip() == "flame-cam: Interrupted; nothing was written."


@pytest.mark.usefixtures("failing")
def test_what_an_interrupted_command_has_kept_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fail", "kept"]) == 1
    assert capsys.readouterr().err.strip() == "flame-cam: Interrupted. out.mp4 holds the first 3 frames."


WRITING = [
    ("render", "demo", "OUT"),
    ("track", "demo", "OUT"),
    ("demo", "--record", "OUT"),
    ("demo", "--stats", "OUT"),
    *(("mapping", each, "demo", "--out", "OUT") for each in ("fit", "plot", "evaluate")),
    ("mapping", "gather", __file__, "--out", "OUT"),
    ("takes", "cut", "take.npz", "--out", "OUT"),
    ("takes", "join", "take.npz", "--out", "OUT"),
    ("mapping", "respond", "--out", "OUT"),
]


@pytest.mark.parametrize("name", ["", " "])
@pytest.mark.parametrize("command", WRITING, ids=lambda command: " ".join(command[:2]))
def test_an_output_without_a_name_is_refused(
    command: tuple[str, ...], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name if each == "OUT" else each for each in command]) == 2
    assert "an empty name is not allowed" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        *(command[:2] if command[0] in ("mapping", "takes") else command[:1] for command in WRITING),
        ("heads", "add"),
        ("heads", "fit"),
        (),
    ],
)
def test_every_command_that_writes_can_be_told_yes(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--help"]) == 0
    assert "--yes" in capsys.readouterr().out


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from app.cli import run; run(['render', '--help']);"
        "print(sorted({'numpy', 'cv2', 'mediapipe', 'OpenGL', 'av', 'glfw'} & set(sys.modules)))"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert finished.stdout.splitlines()[-1] == "[]"


def test_the_installed_command_answers() -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "app.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert finished.stdout.startswith("flame-cam, version ")
