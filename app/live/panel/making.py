"""Make the panel of a live run with all its sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.live.head.shown_head import ShownHead
from app.live.keys import Action
from app.live.panel.adjusting.motion import MotionSection
from app.live.panel.adjusting.parameters import ParametersSection
from app.live.panel.adjusting.signals import SignalsSection
from app.live.panel.adjusting.user_adjustments import UserAdjustments
from app.live.panel.kept.kept_settings import KeptSettings
from app.live.panel.named_choice import NamedChoice
from app.live.panel.scene_choices import scene_choices
from app.live.panel.sections.face import FaceSection, read_faces
from app.live.panel.sections.head import HeadSection
from app.live.panel.sections.look import LookSection
from app.live.panel.sections.out import OutSection
from app.live.panel.sections.person import PersonSection
from app.live.panel.sections.record import RecordSection
from app.live.panel.sections.source import SourceSection
from app.live.panel.sections.status import StatusSection
from app.live.panel.sections.tracking import TrackingSection
from app.live.panel.shown_backgrounds import ShownBackgrounds
from app.live.panel.side_panel import SidePanel
from app.live.person.person import Person
from app.live.screen import Screen
from app.live.settings import LiveSettings
from app.live.sources.camera_watch import CameraWatch
from app.live.sources.source_choice import SourceChoice
from app.live.threads.requests import Request
from app.live.threads.switch import SourceSwitch
from app.live.timing_stats import Stats
from app.recording.kept_files import KeptFiles
from flame_model.files.identity_file import read_identity
from flame_model.notices import Say
from render.framing import Framing
from render.framing_names import FRAMING_NAMES


@dataclass(frozen=True, slots=True)
class PanelParts:
    """The parts of a run that the panel shows and changes."""

    settings: LiveSettings
    kept: KeptSettings
    screen: Screen
    head: ShownHead
    person: Person
    adjustments: UserAdjustments
    sources: SourceChoice
    watch: CameraWatch
    switch: SourceSwitch
    backgrounds: ShownBackgrounds
    files: KeptFiles
    stats: Stats
    say: Say
    do: Callable[[Action], object]
    """Does what a key stands for."""
    ask: Callable[[Request], object]
    """Sends a request to the tracking thread."""


def make_panel(parts: PanelParts) -> tuple[SidePanel, NamedChoice]:
    """Return the panel, its sections in the order of the window, and the looks, which a key changes too."""
    head, kept, files = parts.head, parts.kept, parts.files
    face = _face_section(parts)

    def head_changed() -> None:
        files.head = head.name
        face.show(head.name, head.animated.head)

    head.changed = head_changed
    scene = scene_choices(parts.screen, parts.backgrounds, parts.settings, parts.say)
    sections = (
        SourceSection(parts.sources, parts.watch, do=parts.do, keep=kept.keep),
        HeadSection(head, keep=kept.keep),
        face,
        PersonSection(parts.person, do=parts.do, ask=parts.ask, keep=kept.keep, say=parts.say),
        TrackingSection(head, keep=kept.keep),
        MotionSection(parts.adjustments),
        SignalsSection(parts.adjustments),
        ParametersSection(parts.adjustments, lambda: head.animated.head),
        LookSection((*scene, _framings(parts)), keep=kept.keep, say=parts.say),
        RecordSection(files, do=parts.do, keep=kept.keep, say=parts.say),
        OutSection(),
        StatusSection(parts.stats, lambda: parts.switch.dropped),
    )
    return SidePanel(sections, kept), scene[0]


def _face_section(parts: PanelParts) -> FaceSection:
    head, settings = parts.head, parts.settings
    baked = None if settings.identity is None else read_identity(settings.identity, head.animated.head)
    return FaceSection(
        head.name,
        head.animated.head,
        baked,
        faces=read_faces(parts.kept.values) if settings.identity is None else {},
        set_identity=parts.screen.set_identity,
        keep=parts.kept.keep,
        say=parts.say,
        files=parts.files,
    )


def _framings(parts: PanelParts) -> NamedChoice:
    head = parts.head
    return NamedChoice(
        "framing",
        FRAMING_NAMES,
        parts.settings.framing,
        setting="framing",
        show=lambda name: head.tune(replace(head.tuning, framing=Framing.named(name))),
        say=parts.say,
        hint="the face, the head, or the shoulders too",
    )
