"""The other sections: what they show of the run, and what their answers ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.live.head.tuning import USUAL_NECK, Tuning
from app.live.keys import Action
from app.live.panel.named_choice import NamedChoice
from app.live.panel.sections.head import HEAD, PLAIN, STYLE, HeadSection
from app.live.panel.sections.look import BACKGROUND, LookSection
from app.live.panel.sections.look import OPEN as OPEN_BEHIND
from app.live.panel.sections.person import NOBODY, PROFILE, PersonSection
from app.live.panel.sections.record import CHOOSE, RecordSection
from app.live.panel.sections.source import CAMERA, MIRROR, OPEN, SHOW_DEMO, SourceSection
from app.live.panel.sections.status import StatusSection
from app.live.panel.sections.tracking import NECK, SMOOTHING, SOLVER, TrackingSection
from app.live.timing_stats import Stats, Timing
from app.model.solvers import HYBRID, SCORES
from app.recording.kept_files import KeptFiles
from app.sources.feeds.camera import Camera
from flame_model.errors import GraphicsError, InputError
from mappings.motion.head_pose import NECK_SHARE
from render.ui.widgets import Answers, Choice, Slider, Switch, Table


@dataclass
class Run:
    """Stand-ins for the parts of a run, with a record of what was asked of them."""

    kept: dict[str, object] = field(default_factory=dict)
    done: list[Action] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def keep(self, name: str, value: object) -> None:
        self.kept[name] = value


def only(kind: Any, widgets: Any) -> Any:
    found = [each for each in widgets if isinstance(each, kind)]
    assert len(found) == 1, found
    return found[0]


def source_section(run: Run, camera: str = "") -> SourceSection:
    sources = SimpleNamespace(
        shown=camera or "demo",
        camera=camera,
        choose=run.opened.append,
        open_dialog=lambda: run.opened.append("dialog"),
    )
    cameras = (Camera(0, "front", ""), Camera(2, "desk", "/dev/video2"))
    watch = SimpleNamespace(cameras=cameras, start=lambda: None)
    return SourceSection(sources, watch, do=run.done.append, keep=run.keep)  # type: ignore[arg-type]


def test_a_camera_is_chosen_by_its_name_and_kept() -> None:
    run = Run()
    section = source_section(run)
    choice = only(Choice, section.widgets())
    assert (tuple(choice.options), choice.chosen) == (("front", "desk"), "")
    section.take(Answers(chosen={CAMERA: "desk"}))
    assert run.opened == ["2"]
    assert run.kept == {"source": "desk"}
    section.take(Answers(pressed=OPEN))
    section.take(Answers(pressed=SHOW_DEMO))
    assert run.opened == ["2", "dialog", "demo"]


@pytest.mark.parametrize(("camera", "kept"), [("desk", {"mirror": False}), ("", {})])
def test_mirroring_is_kept_for_cameras(camera: str, kept: dict[str, object]) -> None:
    run = Run()
    section = source_section(run, camera)
    section.see(SimpleNamespace(mirrored=True))  # type: ignore[arg-type]
    assert only(Switch, section.widgets()).on
    section.take(Answers(switched={MIRROR: False}))
    assert run.done == [Action.MIRROR]
    assert run.kept == kept


def test_another_head_its_hair_and_its_colours_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    run, calls = Run(), []
    styling = SimpleNamespace(
        start=lambda: None,
        styles=("none", "short", "long"),
        style="short",
        sliders=lambda: (("skin", 0.2), ("hair", 0.0)),
        move=calls.append,
        wear=calls.append,
        plain=lambda: calls.append("plain"),
    )
    shown = SimpleNamespace(name="builtin", styling=styling, change=calls.append, hair=None)
    monkeypatch.setattr("app.live.panel.sections.head.head_names", lambda: ["builtin", "ict"])
    section = HeadSection(shown, keep=run.keep)  # type: ignore[arg-type]
    widgets = section.widgets()
    heads, hair = (each for each in widgets if isinstance(each, Choice))
    assert (heads.options, heads.chosen, hair.chosen) == (["builtin", "ict"], "builtin", "short")
    assert [each.format for each in widgets if isinstance(each, Slider)] == ["light", "black"]
    section.take(Answers(chosen={HEAD: "builtin"}))
    assert not calls, "it is shown already"
    section.take(Answers(chosen={HEAD: "ict", STYLE: "long"}, moved={"skin": 0.4, "hair": 1.0}))
    assert calls == ["ict", {"skin": 0.4, "hair": 1.0}, "long"]
    assert shown.hair == "long"
    assert run.kept == {"head": "ict", "skin": 0.4, "hair_color": 1.0, "hair": "long"}
    section.take(Answers(pressed=PLAIN))
    assert calls[-1] == "plain"
    assert run.kept["skin"] is run.kept["hair_color"] is None


def test_a_look_is_kept_only_where_the_head_can_have_it() -> None:
    def show(name: str) -> None:
        if name == "heat":
            raise InputError("no heat here")

    run = Run()
    look = NamedChoice("look", ("clay", "heat"), "clay", setting="look", show=show, say=run.said.append)
    section = LookSection((look,), keep=run.keep, say=run.said.append)
    section.take(Answers(chosen={"look": "heat"}))
    assert not run.kept
    assert run.said == ["no heat here"]
    section.take(Answers(chosen={"look": "clay"}))
    assert run.kept == {"look": "clay"}


class FakeDialog:
    """A dialog in which a path was chosen at once."""

    done = True

    def __init__(self, path: str | None) -> None:
        self.path = path


@pytest.mark.parametrize("chosen", [True, False])
def test_a_folder_and_a_background_are_chosen_in_a_dialog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: bool
) -> None:
    run, shown = Run(), []
    path = str(tmp_path / "new") if chosen else None
    monkeypatch.setattr("app.live.panel.asking_path.FileDialog", lambda *_, **__: FakeDialog(path))
    files = KeptFiles(tmp_path, "builtin")
    record = RecordSection(files, do=run.done.append, keep=run.keep, say=run.said.append)
    choice = NamedChoice(
        BACKGROUND, ("studio",), "studio", setting="background", show=shown.append, say=run.said.append
    )
    look = LookSection((choice,), keep=run.keep, say=run.said.append)
    for section, word in ((record, CHOOSE), (look, OPEN_BEHIND)):
        section.take(Answers(pressed=word))
        section.take(Answers())
    assert run.kept == ({"out": path, "background": path} if chosen else {})
    assert shown == ([path] if chosen else [])
    assert files.folder == (tmp_path / "new" if chosen else tmp_path)
    assert only(Choice, look.widgets()).chosen == (path or "studio")


def test_a_system_without_dialogs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: str, instead: str, **__: bool) -> FakeDialog:
        raise GraphicsError(f"no dialog; {instead}")

    run = Run()
    monkeypatch.setattr("app.live.panel.asking_path.FileDialog", refused)
    files = KeptFiles(tmp_path, "builtin")
    section = RecordSection(files, do=run.done.append, keep=run.keep, say=run.said.append)
    section.take(Answers(pressed=CHOOSE))
    section.take(Answers())
    assert run.said == ["no dialog; name one by --out"]


def test_a_profile_is_chosen_and_neutral_and_recentre_can_be_undone() -> None:
    run, chosen = Run(), []
    person = SimpleNamespace(name=None, names=lambda: ("anna", "me"))

    def choose(name: str | None) -> bool:
        chosen.append(name)
        person.name = name
        return name != "me"

    person.choose = choose
    section = PersonSection(
        person,  # type: ignore[arg-type]
        do=run.done.append,
        ask=run.asked.append,
        keep=run.keep,
        say=run.said.append,
    )
    choice = only(Choice, section.widgets())
    assert (tuple(choice.options), choice.chosen) == ((NOBODY, "anna", "me"), NOBODY)
    for name in ("anna", NOBODY, "me"):
        section.take(Answers(chosen={PROFILE: name}))
    assert chosen == ["anna", None, "me"]
    assert run.kept == {"profile": None}, "a broken profile is not kept"
    section.take(Answers(pressed="recentre"))
    assert run.done == [Action.RECENTRE]
    driver = SimpleNamespace(undo_recentre=lambda: True, undo_neutral=lambda: False)
    for word in ("undo recentre", "undo neutral"):
        section.take(Answers(pressed=word))
        run.asked.pop()(None, driver)
    assert run.said == ["recentring undone", "no neutral was set"]


def test_tracking_is_tuned_and_kept() -> None:
    run, tuned = Run(), []
    shown = SimpleNamespace(tuning=Tuning(), animated=SimpleNamespace(solver=HYBRID), tune=tuned.append)
    section = TrackingSection(shown, keep=run.keep)  # type: ignore[arg-type]
    assert only(Choice, section.widgets()).chosen == HYBRID
    section.take(Answers())
    assert tuned == [Tuning()]
    assert not run.kept
    section.take(Answers(chosen={SOLVER: SCORES}, moved={SMOOTHING: 0.5, NECK: 0.4}))
    assert tuned[-1] == Tuning(SCORES, 0.5, 0.4)
    assert run.kept == {"solver": SCORES, "smoothing": 0.5, "neck_share": 0.4}


def test_the_usual_neck_is_that_of_every_driver() -> None:
    assert Tuning(neck_share=USUAL_NECK).shares == pytest.approx(NECK_SHARE)
    assert Tuning(neck_share=0.0).shares == (0.0, 0.0, 0.0)
    assert max(Tuning(neck_share=1.0).shares) == 1.0


def test_record_does_what_its_keys_do_and_status_shows_figures(tmp_path: Path) -> None:
    run = Run()
    files = KeptFiles(tmp_path, "builtin")
    section = RecordSection(files, do=run.done.append, keep=run.keep, say=run.said.append)
    assert str(tmp_path) in only(Table, section.widgets()).rows[0]
    for word in ("record", "take", "screenshot"):
        section.take(Answers(pressed=word))
    section.take(Answers())
    assert run.done == [Action.RECORD, Action.TAKE, Action.SCREENSHOT]
    stats = Stats()
    for latency_ms in (10.0, 20.0, 90.0):
        stats.add(Timing(1.0, 1.0, 1.0, latency_ms))
    rows = dict(only(Table, StatusSection(stats, lambda: 7).widgets()).rows)
    assert rows["latency"].startswith("20 ms")
    assert rows["dropped"] == "7 frames"
