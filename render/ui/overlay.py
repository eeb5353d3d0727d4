"""The overlay: text, a panel, a timeline and a review over the picture, drawn by Dear ImGui."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imgui_bundle import imgui
from imgui_bundle.python_backends.opengl_backend_programmable import ProgrammablePipelineRenderer
from OpenGL import GL

from render.gl.picture_texture import PictureTexture
from render.ui.banner import Banner, draw_banner
from render.ui.drawn_panel import DrawnPanel
from render.ui.fonts import add_fonts
from render.ui.panel import Panel, PanelAnswer, panel_width
from render.ui.question import Question, draw_question
from render.ui.recording_marks import Bounds, RecordingMarks, draw_marks
from render.ui.review import Review, ReviewAnswer, draw_review
from render.ui.style import ACCENT, FONT_SIZE, MARGIN, QUIET, TEXT, apply_style, begin_box, line_end
from render.ui.timeline import HEIGHT, Timeline, TimelineAnswer, draw_timeline

_ROOM_FOR_TWO = 560.0
"""Width of the picture from which the read-outs have room beside the keys."""
_COLUMN_GAP = 24.0
_PICTURE_S = 1 / 60
"""Seconds between pictures, which ImGui wants to know; nothing that is drawn here depends on it."""


@dataclass(frozen=True, slots=True)
class OverlayState:
    """Contents of the overlay in one picture."""

    readouts: Sequence[tuple[str, str]] = ()
    """Name and value, one line each, upper left: `("render", "60 fps")`."""
    notices: Sequence[str] = ()
    """Sentences, lower left: `no face`, `recording 00:12`."""
    keys: Sequence[tuple[str, str]] = ()
    """Key and what it does, upper right."""
    show_keys: bool = False
    banner: Banner | None = None
    """Top, in the middle, in place of the read-outs."""
    panel: Panel | None = None
    """Along the right edge; everything else lies over the picture beside it."""
    timeline: Timeline | None = None
    """Lower edge, below the notices."""
    question: Question | None = None
    """Over the picture, which it dims."""
    marks: RecordingMarks | None = None
    """In the middle and upper right, beside what is shown there."""
    review: Review | None = None
    """Lower left, below the notices."""


class Overlay:
    """Draws an `OverlayState` into the bound framebuffer; needs a current context."""

    def __init__(self) -> None:
        self._context = imgui.create_context()
        imgui.set_current_context(self._context)
        imgui.get_io().set_ini_filename("")
        self._renderer = ProgrammablePipelineRenderer()
        self._panel: DrawnPanel | None = None
        self._under_pointer = False
        self._scale = 1.0
        self.panel_answer: PanelAnswer | None = None
        """What the user did with the panel, None where it was not drawn anew in the last picture."""
        self.timeline_answer: TimelineAnswer | None = None
        """What the user did with the timeline in the last picture, None where there was none."""
        self.question_answer: int | None = None
        """Number of the question's button that was pressed in the last picture."""
        self.review_answer: ReviewAnswer | None = None
        """What the user did with the review in the last picture, None where there was none."""
        self._review_texture = PictureTexture()
        self._large = add_fonts()
        apply_style()

    def draw(self, state: OverlayState, size: tuple[int, int], scale: float = 1.0) -> None:
        """Draw over (width, height) pixels; `scale` is the display's content scale."""
        imgui.set_current_context(self._context)
        self._scale = scale
        width, height = size[0] / scale, size[1] / scale
        io = imgui.get_io()
        io.display_size = imgui.ImVec2(width, height)
        io.display_framebuffer_scale = imgui.ImVec2(scale, scale)
        io.delta_time = _PICTURE_S
        imgui.new_frame()
        imgui.push_font(None, FONT_SIZE)
        self._under_pointer = False
        if state.panel is not None:
            width -= panel_width(width)
        self._draw_over_picture(state, (width, height))
        imgui.pop_font()
        imgui.render()
        # The renderer restores the program that is current here, which may have been deleted.
        GL.glUseProgram(0)
        self._renderer.render(imgui.get_draw_data())
        self.panel_answer = self._draw_panel(state.panel, size)

    def _draw_panel(self, panel: Panel | None, size: tuple[int, int]) -> PanelAnswer | None:
        """Draw the panel, for which everything is made when it is first open."""
        if self._panel is None and panel is not None:
            self._panel = DrawnPanel()
        return None if self._panel is None else self._panel.draw(panel, size, self._scale)

    def _draw_over_picture(self, state: OverlayState, size: tuple[float, float]) -> None:
        """Draw what lies over the picture, which has (width, height) beside the panel."""
        width, height = size
        beside = width >= _ROOM_FOR_TWO or not state.show_keys
        if state.readouts and state.banner is None and beside:
            _draw_readouts(state.readouts)
        self.timeline_answer, bottom = None, height
        if state.timeline is not None:
            bottom -= HEIGHT
            self.timeline_answer, self._under_pointer = draw_timeline(state.timeline, (width, height))
        self._ask(state.question, (width, bottom))
        left, right = self._review(state.review, (0.0, 0.0, width, bottom)), width
        if state.show_keys and state.keys:
            right -= _draw_keys(state.keys, width) + MARGIN
        if state.marks is not None:
            draw_marks(state.marks, (0.0, 0.0, right, bottom), self._large)
        if state.banner is not None:
            draw_banner(state.banner, width)
        if state.notices:
            _draw_notices(state.notices, left, width, bottom)

    def _ask(self, question: Question | None, size: tuple[float, float]) -> None:
        self.question_answer = None
        if question is not None:
            self.question_answer, under = draw_question(question, size)
            self._under_pointer = self._under_pointer or under

    def _review(self, review: Review | None, bounds: Bounds) -> float:
        """Draw the review, and return the width that it takes beside the notices."""
        self.review_answer = None
        if review is None:
            return 0.0
        texture = None if review.picture is None else self._review_texture.of(review.picture)
        self.review_answer, under, across = draw_review(review, texture, bounds)
        self._under_pointer = self._under_pointer or under
        return across

    def point(self, place: tuple[float, float], pressed: bool) -> None:
        """Pass on where the pointer is, in pixels, and whether its left button is down."""
        imgui.set_current_context(self._context)
        io = imgui.get_io()
        io.add_mouse_pos_event(place[0] / self._scale, place[1] / self._scale)
        io.add_mouse_button_event(0, pressed)
        if self._panel is not None:
            self._panel.point(place, pressed)

    def scroll(self, steps: float) -> None:
        """Pass on a movement of the wheel, which scrolls the panel."""
        if self._panel is not None:
            self._panel.scroll(steps)

    def use_key(self, name: str, down: bool) -> None:
        """Pass on one of PANEL_KEYS, by which the panel is used."""
        if self._panel is not None:
            self._panel.use_key(name, down)

    @property
    def list_is_open(self) -> bool:
        """Whether a choice of the panel has dropped its list down; Escape closes that."""
        return self._panel is not None and self._panel.list_is_open

    @property
    def has_pointer(self) -> bool:
        """Whether panel or timeline had the pointer in the last picture: it was over one or moved a part."""
        if self._panel is not None and self._panel.has_pointer:
            return True
        imgui.set_current_context(self._context)
        return self._under_pointer or imgui.get_io().want_capture_mouse

    def release(self) -> None:
        """Delete the overlay's resources."""
        if self._panel is not None:
            self._panel.release()
        imgui.set_current_context(self._context)
        self._review_texture.release()
        self._renderer.shutdown()
        imgui.destroy_context(self._context)


def _draw_readouts(readouts: Sequence[tuple[str, str]]) -> None:
    begin_box("read-outs", (MARGIN, MARGIN), (0.0, 0.0))
    _draw_table(readouts, QUIET, TEXT)
    imgui.end()


def _draw_keys(keys: Sequence[tuple[str, str]], width: float) -> float:
    """Draw the keys and return the width of their box."""
    begin_box("keys", (width - MARGIN, MARGIN), (1.0, 0.0))
    imgui.push_text_wrap_pos(line_end(width))
    _draw_table(keys, ACCENT, TEXT)
    imgui.pop_text_wrap_pos()
    across = imgui.get_window_size().x
    imgui.end()
    return across


def _draw_notices(notices: Sequence[str], left: float, width: float, height: float) -> None:
    """Draw notices at the lower edge, `left` from the window's left edge, each wrapped at its right edge.

    A long word is broken there.
    """
    begin_box("notices", (left + MARGIN, height - MARGIN), (0.0, 1.0))
    imgui.push_text_wrap_pos(line_end(width - left))
    for notice in notices:
        imgui.text_colored(ACCENT, notice)
    imgui.pop_text_wrap_pos()
    imgui.end()


def _draw_table(rows: Sequence[tuple[str, str]], left: imgui.ImVec4, right: imgui.ImVec4) -> None:
    """Draw two columns of text in these colours."""
    column = max(imgui.calc_text_size(name).x for name, _ in rows) + _COLUMN_GAP
    for name, value in rows:
        imgui.text_colored(left, name)
        imgui.same_line(column)
        imgui.text_colored(right, value)
