"""The scripts behind `make run` and `make test`, without touching this machine."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

linux_only = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux takes its OpenGL from system packages"
)


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def packages() -> Iterator[ModuleType]:
    yield load("system_packages")
    del sys.modules["system_packages"]


@pytest.fixture
def setup(packages: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModuleType]:
    """Return the set-up script with an environment in `tmp_path` and no graphics check."""
    monkeypatch.setattr(packages, "require_graphics", lambda **_: None)
    module = load("setup_environment")
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path)
    yield module
    del sys.modules["setup_environment"]


@linux_only
def test_without_root_a_missing_library_stops_with_the_exact_line(
    packages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "RUN_LIBRARIES", (("libnowhere.so.1",),))
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        packages.require_graphics(for_tests=False)
    assert "libnowhere.so.1" in str(stopped.value)
    assert "apt-get install -y libegl1 libgl1 " in str(stopped.value)


@linux_only
def test_root_installs_what_is_missing(packages: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    class Done:
        returncode = 0

    def record(command: list[str], **_: object) -> Done:
        commands.append(command)
        return Done()

    monkeypatch.setattr(packages, "TEST_PROGRAMS", ("no-such-program",))
    monkeypatch.setattr(packages.shutil, "which", lambda name: None if name == "no-such-program" else name)
    monkeypatch.setattr(packages.os, "geteuid", lambda: 0)
    monkeypatch.setattr(packages.subprocess, "run", record)
    packages.require_graphics(for_tests=True)
    assert [command[1] for command in commands] == ["update", "install"]
    assert {"libegl1", "xvfb", "xdotool"} <= set(commands[1])


@linux_only
def test_without_apt_a_missing_library_stops_too(
    packages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "RUN_LIBRARIES", (("libnowhere.so.1",),))
    monkeypatch.setattr(packages.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match="package manager"):
        packages.require_graphics(for_tests=False)


def test_an_old_python_gets_a_sentence(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setattr(setup.shutil, "which", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["setup_environment.py", "run"])
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, but .* is 3\."):
        setup.main()


def run_setup(setup: ModuleType, purpose: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Run the script with an environment that is already there; return what pip was asked for."""
    python = setup.environment_python()
    python.parent.mkdir(exist_ok=True)
    python.touch()
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(setup, "_pip", lambda *arguments: asked.append(arguments))
    monkeypatch.setattr(sys, "argv", ["setup_environment.py", purpose])
    setup.main()
    return asked


def test_a_second_run_installs_nothing(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    assert any("--no-deps" in arguments for arguments in run_setup(setup, "test", monkeypatch))
    assert run_setup(setup, "test", monkeypatch) == []
    assert run_setup(setup, "run", monkeypatch) == [], "what the tests need is more than a run needs"


def test_a_run_is_not_enough_for_the_tests(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(run_setup(setup, "run", monkeypatch)) == 1
    assert len(run_setup(setup, "test", monkeypatch)) == 2


def test_changed_requirements_are_installed_again(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run_setup(setup, "run", monkeypatch)
    (tmp_path / "pyproject.toml").write_text("changed")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    assert len(run_setup(setup, "run", monkeypatch)) == 1
