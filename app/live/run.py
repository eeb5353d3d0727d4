"""Build the parts of a live run, run it, and take them down again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING

from app.live.calibration_guide import Guide
from app.live.keys import Action
from app.live.live_outputs import check_live_outputs
from app.live.notices import Notices
from app.live.panel.kept.kept_settings import KeptSettings
from app.live.panel.shown_backgrounds import ShownBackgrounds
from app.live.recordings import Recordings, described
from app.live.settings import LiveSettings
from app.live.sources.camera_watch import CameraWatch
from app.live.sources.shown_sources import RECORDING_FPS, SourceBeginning, open_switch
from app.live.sources.shown_window import open_window
from app.live.take_recordings import TakeRecordings
from app.live.threads.requests import Request
from app.live.threads.startup import Startup
from app.live.threads.switch import SourceSwitch
from app.live.timing_stats import Stats, write_report
from app.model.profiles import keep_profile, named_profile
from app.pipeline.placing import framed_placement
from app.recording.kept_files import KeptFiles
from app.system.tuning import share_malloc_arenas, take_turns_often
from flame_model.errors import OutputError
from flame_model.files.identity_file import read_identity
from flame_model.notices import Say
from flame_model.paint.hair.styles import NONE
from mappings.person.profile import Profile
from render.framing import Framing
from render.looks.names import check_look
from render.platform.delayed_interrupts import interrupts_held
from render.scene.environment_names import check_environment
from render.scene.environments import environment

if TYPE_CHECKING:
    from app.live.loop import Loop


def run_live(
    settings: LiveSettings, say: Say, kept: KeptSettings | None = None, told: Sequence[str] = ()
) -> None:
    """Run until the window is closed, Ctrl-C is pressed, the source ends or the time is up.

    In each case recordings are finished and the statistics are written; `say` gets the notices about them.
    `kept` keeps what the panel sets, by default for this run only. The window begins with the notices `told`.
    Raises InputError, TrackerBundleError or GraphicsError.
    """
    check_look(settings.look)
    check_environment(settings.environment)
    check_live_outputs(settings, RECORDING_FPS)
    share_malloc_arenas()
    take_turns_often()
    with ExitStack() as stack, suppress(KeyboardInterrupt):
        backgrounds = stack.enter_context(ShownBackgrounds(settings.background))
        loop = _build(stack, settings, backgrounds, say, kept or KeptSettings(None, say), told)
        loop.run(settings.exit_after, settings.calibrate)


def _build(
    stack: ExitStack,
    settings: LiveSettings,
    backgrounds: ShownBackgrounds,
    say: Say,
    kept: KeptSettings,
    told: Sequence[str],
) -> Loop:
    """Return the loop with all its parts, which `stack` takes down in the reverse order."""
    clock = time.perf_counter
    notices = Notices(clock)
    for text in told:
        notices.say(text)
    stack.callback(kept.write)
    startup = stack.enter_context(closing(Startup(settings, notices.say, clock)))
    profile = _known_profile(settings, notices, say)
    animated = settings.animated_head(notices.say, hair=NONE)
    files = KeptFiles(settings.out, settings.head)
    recordings = Recordings(settings.size, RECORDING_FPS, files, notices.say)
    takes = TakeRecordings(files, notices.say)
    stack.callback(_finish, recordings, settings, say)
    stack.callback(takes.close, say)
    window = open_window(stack, startup, settings, transparent=backgrounds.now.alpha < 1.0)
    # Importing these binds PyOpenGL to the platform that the window has selected. An interrupt while the
    # compiled code of imgui_bundle starts up would abort the process.
    with interrupts_held():
        from app.live.loop import Loop
        from app.live.panel.scene_choices import scene_choices
        from app.live.panel.sections.face import FaceSection
        from app.live.panel.sections.head import HeadSection
        from app.live.panel.sections.look import LookSection
        from app.live.panel.sections.motion import MotionSection
        from app.live.panel.sections.out import OutSection
        from app.live.panel.sections.record import RecordSection
        from app.live.panel.sections.signals import SignalsSection
        from app.live.panel.sections.source import SourceSection
        from app.live.panel.sections.status import StatusSection
        from app.live.panel.side_panel import SidePanel
        from app.live.panel.styling import Styling
        from app.live.panel.take_timeline import TakeTimeline
        from app.live.panel.user_adjustments import UserAdjustments
        from app.live.screen import Screen
        from app.live.sources.source_choice import SourceChoice

    framing = Framing.named(settings.framing)
    shown = settings.drawn_head(animated.head, notices.say)
    screen = Screen(
        window,
        shown,
        backgrounds,
        settings.size,
        environment(settings.environment),
        framing=framing,
        look=settings.look,
    )
    stack.callback(screen.release)
    styling = Styling(
        animated.head,
        settings.colors(),
        settings.style(animated.head),
        set_colors=screen.set_colors,
        set_head=screen.set_head,
    )
    choices = scene_choices(screen, backgrounds, settings, notices.say)
    stats = Stats()

    def ask(request: Request) -> None:
        switch.ask(request)

    adjustments = UserAdjustments(animated, settings.adjustments(), ask=ask, say=notices.say)
    guide = Guide(
        profile or Profile(),
        ask=ask,
        keep=lambda found: keep_profile(found, settings.profile),
        say=notices.say,
    )
    switch = open_switch(
        startup,
        settings,
        lambda: animated.driver(
            framed_placement(shown, framing),
            settings.smoothing,
            guide.found or profile,
            adjustments=adjustments.now,
        ),
        stats=stats,
        takes=takes,
        say=notices.say,
        clock=clock,
    )
    stack.callback(_write_stats, stats, switch, settings)
    stack.callback(switch.stop)
    timeline = TakeTimeline(notices.say)
    watch = stack.enter_context(closing(CameraWatch()))
    sources = SourceChoice(
        switch,
        watch,
        fall_back=settings.ask_source,
        begin=SourceBeginning(window, timeline, recordings, takes, settings=settings, say=notices.say),
        say=notices.say,
    )
    stack.callback(sources.release)
    baked = None if settings.identity is None else read_identity(settings.identity, animated.head)

    def do(action: Action) -> None:
        loop.do(action)

    panel = SidePanel(
        (
            SourceSection(sources, watch, do=do, keep=kept.keep),
            HeadSection(styling, keep=kept.keep),
            FaceSection(animated.head, baked, set_identity=screen.set_identity, say=notices.say, files=files),
            MotionSection(adjustments),
            SignalsSection(adjustments, animated.head),
            LookSection(choices, keep=kept.keep),
            RecordSection(files, do=do),
            OutSection(),
            StatusSection(stats, lambda: switch.dropped),
        ),
        kept,
    )
    loop = Loop(
        window=window,
        screen=screen,
        switch=switch,
        sources=sources,
        guide=guide,
        panel=panel,
        looks=choices[0],
        adjustments=adjustments,
        recordings=recordings,
        takes=takes,
        timeline=timeline,
        notices=notices,
        stats=stats,
        clock=clock,
    )
    return loop


def _known_profile(settings: LiveSettings, notices: Notices, say: Say) -> Profile | None:
    """Return the user's profile; where it does not exist yet, notices say how to make it."""
    known = named_profile(settings.profile, None if settings.calibrate else say)
    if known is None and settings.profile is not None and not settings.calibrate:
        notices.say(f"there is no profile {settings.profile} yet; press C to make it")
    return known


def _write_stats(stats: Stats, switch: SourceSwitch, settings: LiveSettings) -> None:
    if settings.stats is not None:
        write_report(stats.report(switch.dropped), settings.stats)


def _finish(recordings: Recordings, settings: LiveSettings, say: Say) -> None:
    """Finish and report every recording. Raises OutputError where the one of --record was cut short."""
    for report in recordings.close():
        if report.error is not None and report.path == settings.record:
            raise OutputError(report.error)
        say(described(report))
