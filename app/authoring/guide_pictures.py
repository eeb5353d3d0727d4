"""Draw the pictures of docs/guide: the live window, and faces of the built-in head."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from app.live.keys import key_help
from app.live.panel.adjusting.signals import SignalsSection
from app.live.panel.adjusting.user_adjustments import UserAdjustments
from app.live.panel.named_choice import NamedChoice
from app.live.panel.sections.face import FaceSection
from app.live.panel.sections.look import LookSection
from app.live.panel.sections.section import Section
from app.live.threads.animating import LiveFrame
from app.model.animated_head import AnimatedHead
from app.model.identity import landmark_places
from app.recording.kept_files import KeptFiles
from app.sources import open_source
from flame_model.arrays import Float64Array, Picture
from flame_model.face.reshape import reshape_head
from flame_model.head import Head
from flame_model.paint.hair.wear import usual_hair, with_hair
from flame_model.params import HeadParams, rest_params
from mappings.adjusting.adjustments import Adjustments
from mappings.motion.placement import Placement
from mappings.records.take import load_take
from render.framing_names import DEFAULT_FRAMING, FRAMING_NAMES
from render.looks.names import DEFAULT_LOOK, LOOK_NAMES
from render.offscreen_renderer import OffscreenRenderer
from render.platform.offscreen import OffscreenContext
from render.scene.environment_names import DEFAULT_ENVIRONMENT, ENVIRONMENT_NAMES
from render.ui.panel import Fold, Panel, picture_size

SIZE = (1080, 640)
"""(W, H) of the pictures of the window."""
SMILE = 288
"""Frame of the demo take: a smile."""
OPEN_MOUTH = 366
"""Frame of the demo take: an open mouth."""
FACES = 3
"""Number of random faces."""
FACE_SIDE = 320
"""Pixels of one face."""
SEED = 7
"""Seed of the random faces; chosen by eye for three that differ."""
SPREAD = 1.6
"""Standard deviation of the random identity coefficients: 1 is that of people, more shows the differences."""
TITLES = (
    *("Source", "Head", "Face", "Person", "Tracking", "Motion"),
    *("Signals", "Parameters", "Look", "Record", "Out", "Status"),
)
"""Sections in the picture of the panel, in the order of the window."""


def draw_keys(take: Path, out: Path) -> None:
    """Write the live window with the key help over the built-in head at SMILE of `take`."""
    head, params = _driven(take, SMILE)
    _write(out, _window(head, params, keys=key_help(), show_keys=True))


def draw_start(take: Path, out: Path) -> None:
    """Write the live window as it opens without a camera, with SMILE of `take`."""
    from app.live.sources.camera_watch import CameraWatch
    from app.live.sources.source_choice import FELL_BACK, NO_CAMERA
    from app.live.sources.source_question import SourceQuestion

    asked = SourceQuestion(CameraWatch(list), choose=print, open_file=lambda: None)
    asked.kept = "the demo"
    asked.ask(NO_CAMERA, FELL_BACK)
    _write(out, _window(*_driven(take, SMILE), question=asked.contents()))


def draw_timeline(take: Path, out: Path) -> None:
    """Write the live window with the timeline of `take` at OPEN_MOUTH, in the middle of a loop."""
    # Importing it binds PyOpenGL, which is why the window's other parts are imported late too.
    from app.live.panel.take_timeline import TakeTimeline

    timeline = TakeTimeline(print)
    with open_source(take, live=True) as source:
        timeline.attach(source)
        assert source.player is not None
        for frame in (OPEN_MOUTH - 60, OPEN_MOUTH + 30):
            source.player.seek(source.player.times[frame])
            source.player.mark()
        source.player.seek(source.player.times[OPEN_MOUTH])
        timeline.shown = True
        _write(out, _window(*_driven(take, OPEN_MOUTH), timeline=timeline.contents()))


def draw_faces(out: Path) -> None:
    """Write FACES faces of the built-in head side by side, with random identity coefficients."""
    head = AnimatedHead.load("builtin").head
    random = np.random.default_rng(SEED)
    pictures = []
    for _ in range(FACES):
        face = _with_face(head, SPREAD * random.standard_normal(head.identity_count))
        with OffscreenRenderer(face, (2 * FACE_SIDE, 2 * FACE_SIDE)) as renderer:
            picture = renderer.draw(rest_params(head.expression_count))
        pictures.append(cv2.resize(picture, (FACE_SIDE, FACE_SIDE), interpolation=cv2.INTER_AREA))
    _write(out, np.hstack(pictures))


def draw_panel(out: Path) -> None:
    """Write the live window with its panel beside a random face."""
    head = AnimatedHead.load("builtin").head
    values = np.random.default_rng(SEED).standard_normal(head.identity_count)
    face = FaceSection(
        "builtin",
        head,
        values,
        faces={},
        set_identity=print,
        keep=print,
        say=print,
        files=KeptFiles(None, "builtin"),
    )
    choices = (
        ("look", LOOK_NAMES, DEFAULT_LOOK),
        ("light", ENVIRONMENT_NAMES, DEFAULT_ENVIRONMENT),
        ("framing", FRAMING_NAMES, DEFAULT_FRAMING),
    )
    look = LookSection(
        [NamedChoice(*each, setting=each[0], show=print, say=print) for each in choices],
        keep=print,
        say=print,
    )
    _write(
        out, _window(_with_face(head, values), rest_params(head.expression_count), panel=_panel(face, look))
    )


def draw_signals(take: Path, out: Path) -> None:
    """Write the live window with the bars of the mouth's signals at SMILE of `take`, with a wink on top."""
    animated = AnimatedHead.load("builtin", hair=None)
    user = UserAdjustments(
        lambda: animated, Adjustments(expressions=frozenset({"wink"})), ask=print, say=print
    )
    driver, recorded = animated.driver(Placement(), smoothing=None, adjustments=user.now), load_take(take)
    section = SignalsSection(user)
    for observation, time_s in zip(recorded.observations[: SMILE + 1], recorded.times, strict=False):
        params = driver.follow(observation, float(time_s))
        section.see(LiveFrame(float(time_s), None, observation, 0.0, params, seen=driver.seen))
    _write(out, _window(animated.head, params, panel=_panel(section)))


def _panel(*unfolded: Section) -> Panel:
    """Return the panel with some sections unfolded."""
    widgets = {section.title: section.widgets() for section in unfolded}
    return Panel([Fold(title, widgets.get(title, ()), title in widgets) for title in TITLES])


def _driven(take: Path, frame: int) -> tuple[Head, HeadParams]:
    """Return the built-in head and its parameters at a frame of a take."""
    animated = AnimatedHead.load("builtin", hair=None)
    recorded = load_take(take)
    params = rest_params(animated.head.expression_count)
    for observation, time_s in zip(recorded.observations[: frame + 1], recorded.times, strict=False):
        params = animated.follow(observation, float(time_s))
    return animated.head, params


def _with_face(head: Head, coefficients: Float64Array) -> Head:
    """Return the head with the identity coefficients (I,) and the hair that it usually wears."""
    places = landmark_places(head)
    assert places is not None
    return with_hair(reshape_head(head, places, coefficients), usual_hair(head))


def _window(head: Head, params: HeadParams, **words: object) -> Picture:
    """Return the picture (H, W, 4) of a window that shows a head with an overlay."""
    with OffscreenContext():
        # Importing these binds PyOpenGL to the platform that the context has selected.
        from render.gl.target import Target
        from render.head_renderer import HeadRenderer
        from render.ui.overlay import Overlay, OverlayState

        renderer, overlay, target = HeadRenderer(head), Overlay(), Target(SIZE)
        size = picture_size(SIZE, 1.0) if "panel" in words else SIZE
        for _ in range(2):  # The overlay lays out a panel by the size that it had in the picture before.
            target.bind()
            renderer.draw(params, renderer.home_camera(), size)
            overlay.draw(OverlayState(**words), SIZE)  # type: ignore[arg-type]
        target.copy()
        picture = target.read_rgba()
        for each in (overlay, renderer, target):
            each.release()
    return picture


def _write(out: Path, picture: Picture) -> None:
    cv2.imwrite(str(out), picture[..., 2::-1])
