"""Build the parts of a live run, run it, and take them down again."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.live.head.tuning import Tuning
from app.live.keys import Action
from app.live.live_outputs import check_live_outputs
from app.live.panel.kept.kept_settings import KeptSettings
from app.live.panel.shown_backgrounds import ShownBackgrounds
from app.live.person.person import Person
from app.live.recording.copies import Copies
from app.live.recording.countdown import Countdown
from app.live.recording.recordings import Recordings, described
from app.live.recording.take_recordings import TakeRecordings
from app.live.settings import LiveSettings
from app.live.sources.camera_watch import CameraWatch
from app.live.sources.shown_sources import RECORDING_FPS, SourceBeginning, open_switch
from app.live.sources.shown_window import open_window
from app.live.threads.requests import Request
from app.live.threads.startup import Startup
from app.live.threads.switch import SourceSwitch
from app.live.timing_stats import Stats, write_report
from app.live.words.notices import Notices
from app.model.animated_head import AnimatedHead
from app.model.profiles import named_profile
from app.recording.kept_files import KeptFiles
from app.recording.output_format import bytes_in
from app.recording.sound.contract import LiveSound
from app.recording.sound.microphone import Microphone, open_device
from app.system.tuning import share_malloc_arenas, take_turns_often
from flame_model.errors import InputError, OutputError
from flame_model.find_heads import BUILTIN
from flame_model.notices import Say
from flame_model.paint.hair.fitting import can_wear_hair
from flame_model.paint.hair.styles import NONE
from mappings.person.profile import Profile
from render.looks.names import check_look
from render.platform.delayed_interrupts import interrupts_held
from render.scene.environment_names import check_environment
from render.scene.environments import environment

if TYPE_CHECKING:
    from app.live.loop import Loop

STUDIO = "studio"


def run_live(settings: LiveSettings, say: Say, kept: KeptSettings | None = None) -> None:
    """Run until the window is closed, Ctrl-C is pressed, the source ends or the time is up.

    In each case recordings are finished and the statistics are written; `say` gets the notices about them.
    `kept` keeps what the panel sets, by default for this run only.
    Raises InputError, TrackerBundleError or GraphicsError.
    """
    check_look(settings.look)
    check_environment(settings.environment)
    check_live_outputs(settings, RECORDING_FPS)
    share_malloc_arenas()
    take_turns_often()
    with ExitStack() as stack, suppress(KeyboardInterrupt):
        loop = _build(stack, _begin(stack, settings, kept or KeptSettings(None), say))
        loop.run(settings.exit_after, settings.calibrate)


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a run needs before its window opens."""

    settings: LiveSettings
    kept: KeptSettings
    notices: Notices
    say: Say
    startup: Startup
    animated: AnimatedHead
    profile: Profile | None
    backgrounds: ShownBackgrounds
    files: KeptFiles
    recordings: Recordings
    copies: Copies
    takes: TakeRecordings


def _begin(stack: ExitStack, settings: LiveSettings, kept: KeptSettings, say: Say) -> _Begun:
    """Begin to open source and tracker, and read everything else; `stack` takes it down."""
    notices = Notices(time.perf_counter)
    for text in kept.told:
        notices.say(text)
    kept.say = notices.say
    stack.callback(_write_kept, kept, say)
    backgrounds = stack.enter_context(_backgrounds(settings, notices.say))
    startup = stack.enter_context(closing(Startup(settings, notices.say, time.perf_counter)))
    profile = _known_profile(settings, notices, say)
    settings, animated = _animated(settings, notices.say)
    files = KeptFiles(settings.out, settings.head)
    recordings = _recordings(settings, files, backgrounds.now.alpha < 1.0, notices.say)
    copies = Copies(notices.say, gif_bytes=bytes_in(settings.gif_mb))
    takes = TakeRecordings(files, notices.say)
    stack.callback(_finish, recordings, settings, say)
    stack.callback(takes.close, say)
    stack.callback(copies.close, say)
    return _Begun(
        settings,
        kept,
        notices,
        say,
        startup,
        animated,
        profile,
        backgrounds,
        files,
        recordings,
        copies,
        takes,
    )


def _build(stack: ExitStack, begun: _Begun) -> Loop:
    """Open the window and return the loop with all its parts, which `stack` takes down."""
    settings, notices, stats = begun.settings, begun.notices, Stats()
    transparent = begun.backgrounds.now.alpha < 1.0
    window = open_window(stack, begun.startup, settings, transparent=transparent)
    # Importing these binds PyOpenGL to the platform that the window has selected. An interrupt while the
    # compiled code of imgui_bundle starts up would abort the process.
    with interrupts_held():
        from app.live.head.shown_head import ShownHead
        from app.live.loop import Loop
        from app.live.panel.adjusting.user_adjustments import UserAdjustments
        from app.live.panel.making import PanelParts, make_panel
        from app.live.panel.take_timeline import TakeTimeline
        from app.live.parts import Parts
        from app.live.recording.review import RecordingReview
        from app.live.screen import Screen
        from app.live.sources.source_choice import SourceChoice
        from app.live.words.words import Words

    def ask(request: Request) -> None:
        switch.ask(request)

    def do(action: Action) -> None:
        loop.do(action)

    tuning = Tuning.of(settings)
    screen = Screen(
        window,
        settings.drawn_head(begun.animated.head, notices.say),
        begun.backgrounds,
        settings.size,
        environment(settings.environment),
        framing=tuning.framing,
        look=settings.look,
    )
    stack.callback(screen.release)
    person = Person(settings.profile, begun.profile, ask=ask, say=notices.say)
    head = ShownHead(
        begun.animated,
        screen,
        settings,
        tuning,
        profile=lambda: person.profile,
        adjustments=lambda: adjustments.now,
        ask=ask,
        say=notices.say,
    )
    adjustments = UserAdjustments(
        lambda: head.animated, settings.adjustments(), ask=ask, keep=begun.kept.keep, say=notices.say
    )
    switch = open_switch(
        begun.startup,
        settings,
        head.driver,
        stats=stats,
        takes=begun.takes,
        say=notices.say,
        clock=time.perf_counter,
    )
    stack.callback(_write_stats, stats, switch, settings)
    stack.callback(switch.stop)
    timeline = TakeTimeline(notices.say)
    watch = stack.enter_context(closing(CameraWatch()))
    beginning = SourceBeginning(
        window, timeline, begun.recordings, begun.takes, settings=settings, say=notices.say
    )
    sources = SourceChoice(switch, watch, fall_back=settings.ask_source, begin=beginning, say=notices.say)
    stack.callback(sources.release)
    review = RecordingReview(
        begun.copies, again=begun.recordings.toggle, copy_text=window.copy, say=notices.say
    )
    stack.callback(review.release)
    begun.recordings.show = review.show
    parts = PanelParts(
        settings=settings,
        kept=begun.kept,
        screen=screen,
        head=head,
        person=person,
        adjustments=adjustments,
        sources=sources,
        watch=watch,
        switch=switch,
        backgrounds=begun.backgrounds,
        files=begun.files,
        stats=stats,
        say=notices.say,
        do=do,
        ask=ask,
    )
    panel, looks = make_panel(parts)
    shared = Parts(
        switch=switch,
        sources=sources,
        guide=person.guide,
        panel=panel,
        adjustments=adjustments,
        recordings=begun.recordings,
        review=review,
        takes=begun.takes,
        timeline=timeline,
        notices=notices,
        stats=stats,
        clock=time.perf_counter,
    )
    loop = Loop(shared, window=window, screen=screen, head=head, looks=looks, words=Words(shared))
    return loop


def _recordings(settings: LiveSettings, files: KeptFiles, transparent: bool, say: Say) -> Recordings:
    """Return the recordings of a run."""
    clock = time.perf_counter
    return Recordings(
        settings.size,
        RECORDING_FPS,
        files,
        say,
        countdown=Countdown(settings.countdown, clock),
        transparent=transparent,
        gif_bytes=bytes_in(settings.gif_mb),
        microphone=_microphone(settings.microphone, clock, say),
    )


def _backgrounds(settings: LiveSettings, say: Say) -> ShownBackgrounds:
    """Open the background; one that an earlier run has kept may have become unreadable. Raises InputError."""
    try:
        return ShownBackgrounds(settings.background)
    except InputError as error:
        if "background" not in settings.kept:
            raise
        say(str(error))
        return ShownBackgrounds(STUDIO)


def _animated(settings: LiveSettings, say: Say) -> tuple[LiveSettings, AnimatedHead]:
    """Load the head without hair. Raises InputError.

    What earlier runs have kept and what does not fit is left out of the settings that are returned.
    """
    try:
        animated = settings.animated_head(say, hair=NONE)
    except InputError as error:
        doubtful = settings.kept & {"head", "solver"}
        if not doubtful:
            raise
        say(str(error))
        usual = {"head": BUILTIN, "solver": None}
        settings = replace(settings, **{name: usual[name] for name in doubtful})  # type: ignore[arg-type]
        animated = settings.animated_head(say, hair=NONE)
    if "hair" in settings.kept and not can_wear_hair(animated.head):
        settings = replace(settings, hair=None)
    return settings, animated


def _write_kept(kept: KeptSettings, say: Say) -> None:
    """Write what the panel has set; the window, which would tell of a failure, is gone."""
    kept.say = say
    kept.write()


def _microphone(name: str | None, clock: Callable[[], float], say: Say) -> Callable[[], LiveSound] | None:
    """Return what opens the microphone for a recording, None where none was asked for."""
    return None if name is None else lambda: Microphone(name, open_device, clock, say)


def _known_profile(settings: LiveSettings, notices: Notices, say: Say) -> Profile | None:
    """Return the user's profile; where it does not exist yet, notices say how to make it."""
    try:
        known = named_profile(settings.profile, None if settings.calibrate else say)
    except InputError as error:
        if "profile" not in settings.kept:
            raise
        notices.say(str(error))
        return None
    if known is None and settings.profile is not None and not settings.calibrate:
        notices.say(f"there is no profile {settings.profile} yet; press C to make it")
    return known


def _write_stats(stats: Stats, switch: SourceSwitch, settings: LiveSettings) -> None:
    if settings.stats is not None:
        write_report(stats.report(switch.dropped), settings.stats)


def _finish(recordings: Recordings, settings: LiveSettings, say: Say) -> None:
    """Finish and report every recording. Raises OutputError where the one of --record was cut short."""
    for report in recordings.close(say):
        if report.error is not None and report.path == settings.record:
            raise OutputError(report.error)
        say(described(report))
