"""Mistakes in shaders and uniforms are reported."""

from __future__ import annotations

import pytest

from flame_model.errors import GraphicsError

pytestmark = pytest.mark.usefixtures("context")


def test_unknown_uniform_names_the_known_ones() -> None:
    from render.gl.program import Program

    program = Program("shared/full_screen.vert", "background/background.frag")
    program.use()
    with pytest.raises(GraphicsError, match=r"no uniform 'glow'.*aspect"):
        program.set(glow=1.0)
    program.release()


def test_compile_error_names_the_included_file_and_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from render.gl import program, shader_files

    files = {
        "outer.frag": (
            "// one",
            '#include "inner.glsl"',
            "out vec4 color;",
            "void main() { color = vec4(1.0); }",
        ),
        "inner.glsl": ("float fine() { return 1.0; }", "float broken() { return nothing; }"),
    }
    known = shader_files.shader_lines
    monkeypatch.setattr(shader_files, "shader_lines", lambda name: files.get(name) or known(name))
    with pytest.raises(GraphicsError, match=r"outer\.frag does not compile: inner\.glsl:2"):
        program.Program("shared/full_screen.vert", "outer.frag")


def test_error_after_an_include_keeps_its_own_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from render.gl import program, shader_files

    files = {
        "late.frag": ('#include "shared/color.glsl"', "out vec4 color;", "void main() { color = wrong; }")
    }
    known = shader_files.shader_lines
    monkeypatch.setattr(shader_files, "shader_lines", lambda name: files.get(name) or known(name))
    with pytest.raises(GraphicsError, match=r"late\.frag:3"):
        program.Program("shared/full_screen.vert", "late.frag")


def test_missing_shader_file_is_named() -> None:
    from render.gl.shader_files import shader_lines

    with pytest.raises(GraphicsError, match=r"nowhere\.frag"):
        shader_lines("nowhere.frag")


def test_defines_reach_the_shader() -> None:
    from render.gl import shader_files

    source, origins = shader_files.assemble("deform/normals.frag", {"GRID_WIDTH": 64})
    assert source.startswith("#version 330 core\n#define GRID_WIDTH 64\n")
    assert {file for file, _ in origins} == {"deform/normals.frag", "shared/grid.glsl"}
    assert len(origins) == source.count("\n")
