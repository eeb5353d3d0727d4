"""The panel in a picture of its own, which is copied beside the head: it is drawn anew only now and then.

Drawing it takes 2.7 ms on the processor, copying it 0.2 ms. So every EVERY-th picture draws it, and some
pictures after each thing that the user does.
"""

from __future__ import annotations

from imgui_bundle import imgui
from imgui_bundle.python_backends.opengl_backend_programmable import ProgrammablePipelineRenderer
from OpenGL import GL

from render.gl.target import Target
from render.ui.fonts import add_fonts
from render.ui.panel import BACKGROUND, PANEL_KEYS, Panel, PanelAnswer, draw_panel, picture_size
from render.ui.style import FONT_SIZE, apply_style

EVERY = 2
"""Pictures of the window from one drawing of the panel to the next, while the user does nothing."""
ANSWERED_IN = 3
"""Drawings in which the panel has answered what the user did: it is noticed, applied, and drawn."""
_DRAWING_S = EVERY / 30.0
"""Seconds between drawings, which ImGui wants to know for its delays."""


class DrawnPanel:
    """Draws a panel at the right of the bound framebuffer; needs a current context."""

    def __init__(self) -> None:
        before = imgui.get_current_context()
        self._context = imgui.create_context()
        imgui.set_current_context(self._context)
        io = imgui.get_io()
        io.set_ini_filename("")
        io.config_flags |= imgui.ConfigFlags_.nav_enable_keyboard
        self._renderer = ProgrammablePipelineRenderer()
        add_fonts()
        apply_style()
        imgui.set_current_context(before)
        self._target: Target | None = None
        self._left = 0
        self._scale = 1.0
        self._shown = False
        self._over = False
        """Whether the pointer is over the panel; while its button is down, whether it was so at first."""
        self._pressed = False
        self._age = 0
        self._busy = 0

    def draw(self, panel: Panel | None, size: tuple[int, int], scale: float) -> PanelAnswer | None:
        """Show a panel in a window of (width, height) pixels; the framebuffer stays bound.

        Return the user's input where the panel was drawn anew, None where it was only copied.
        """
        appeared, self._shown = panel is not None and not self._shown, panel is not None
        if panel is None:
            return None
        self._left, self._scale = picture_size(size, scale)[0], scale
        resized = self._fit((size[0] - self._left, size[1]))
        assert self._target is not None
        if appeared:
            self._let_go()
        if appeared or resized:
            self._busy = ANSWERED_IN
        answer = None
        if self._busy or self._age % EVERY == 0:
            answer = self._draw_anew(panel, self._target)
        self._busy, self._age = max(0, self._busy - 1), self._age + 1
        self._target.copy(self._left)
        return answer

    def _let_go(self) -> None:
        """Forget what was held down when the panel was closed, and was let go elsewhere."""
        imgui.set_current_context(self._context)
        io = imgui.get_io()
        io.clear_input_keys()
        io.clear_input_mouse()
        self._over = self._pressed = False

    def _fit(self, size: tuple[int, int]) -> bool:
        """Make the target anew where it has another size than (width, height); return whether it had."""
        if self._target is not None and self._target.size == size:
            return False
        if self._target is not None:
            self._target.release()
        framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
        self._target = Target(size)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
        return True

    def _draw_anew(self, panel: Panel, target: Target) -> PanelAnswer:
        framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
        imgui.set_current_context(self._context)
        size = target.size[0] / self._scale, target.size[1] / self._scale
        io = imgui.get_io()
        io.display_size = imgui.ImVec2(*size)
        io.display_framebuffer_scale = imgui.ImVec2(self._scale, self._scale)
        io.delta_time = _DRAWING_S
        imgui.new_frame()
        imgui.push_font(None, FONT_SIZE)
        answer = draw_panel(panel, size)
        imgui.pop_font()
        imgui.render()
        target.bind()
        GL.glDisable(GL.GL_SCISSOR_TEST)
        GL.glClearColor(*BACKGROUND)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        # Blending would make the panel of a transparent window transparent too.
        GL.glColorMask(True, True, True, False)
        # The renderer restores the program that is current here, which may have been deleted.
        GL.glUseProgram(0)
        self._renderer.render(imgui.get_draw_data())
        GL.glColorMask(True, True, True, True)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
        return answer

    def point(self, place: tuple[float, float], pressed: bool) -> None:
        """Pass on where the pointer is in the window, in pixels, and whether its left button is down."""
        if not self._shown:
            return
        imgui.set_current_context(self._context)
        io, x = imgui.get_io(), place[0] - self._left
        io.add_mouse_pos_event(x / self._scale, place[1] / self._scale)
        before = self._over
        if not (pressed and self._pressed):
            self._over = x >= 0.0
        self._pressed = pressed
        # A press beside the panel would take the keys from it, and a drag may begin there and pass over it.
        io.add_mouse_button_event(0, pressed and self._over)
        if before or self._over:
            self._busy = ANSWERED_IN

    def scroll(self, steps: float) -> None:
        """Pass on a movement of the wheel."""
        imgui.set_current_context(self._context)
        imgui.get_io().add_mouse_wheel_event(0.0, steps)
        self._busy = ANSWERED_IN

    def use_key(self, name: str, down: bool) -> None:
        """Pass on one of PANEL_KEYS."""
        imgui.set_current_context(self._context)
        imgui.get_io().add_key_event(PANEL_KEYS[name], down)
        self._busy = ANSWERED_IN

    @property
    def list_is_open(self) -> bool:
        """Whether a choice has dropped its list down."""
        imgui.set_current_context(self._context)
        return self._shown and bool(imgui.is_popup_open("", imgui.PopupFlags_.any_popup))

    @property
    def has_pointer(self) -> bool:
        """Whether the pointer is over the panel or moves a part of it."""
        return self._shown and self._over

    def release(self) -> None:
        """Delete everything."""
        if self._target is not None:
            self._target.release()
        imgui.set_current_context(self._context)
        self._renderer.shutdown()
        imgui.destroy_context(self._context)
