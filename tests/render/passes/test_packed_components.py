"""Packed components move vertices as the original ones do; packs that move nothing are left out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

pytestmark = pytest.mark.usefixtures("context")

WIDTH, BAND = 4, 48
"""Vertices in a row of the grid, and in a band of 12 rows."""


def components() -> npt.NDArray[np.float32]:
    """Return ten components: nine move the first band only, the last one the second only."""
    values = np.zeros((10, BAND + 8, 3), np.float32)
    values[:9, :BAND] = np.random.default_rng(0).normal(size=(9, BAND, 3)) * 0.01
    values[9, BAND:] = (0.001, -0.002, 0.03)
    return values


def unpacked(texture: int, packs: int) -> npt.NDArray[np.int16]:
    """Read steps (vertex, pack, axis, member) back from the graphics driver."""
    from OpenGL import GL

    GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
    raw = GL.glGetTexImage(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA_INTEGER, GL.GL_INT)
    pairs = np.frombuffer(np.asarray(raw).tobytes(), np.int32).reshape(-1, packs, 3, 4)
    return np.concatenate([(pairs << 16) >> 16, pairs >> 16], axis=3).astype(np.int16)


def test_steps_times_their_length_are_the_components() -> None:
    from render.passes.packed_components import PackedComponents

    values = components()
    packed = PackedComponents(values, WIDTH)
    packed.upload()
    steps = unpacked(packed.texture, packed.packs)
    for band in packed.bands:
        vertices = slice(band.first_row * WIDTH, (band.first_row + band.rows) * WIDTH)
        packs, lengths = band.moving(np.ones(10))
        moved = np.einsum("vpam,pm->va", steps[vertices][:, packs], lengths)
        np.testing.assert_allclose(moved, values.sum(axis=0)[vertices], atol=5e-6)
    packed.release()


def test_more_than_the_driver_holds_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from flame_model.errors import GraphicsError
    from render.passes.packed_components import PackedComponents

    monkeypatch.setattr("render.passes.packed_components.GL.glGetIntegerv", lambda _: 64)
    with pytest.raises(GraphicsError, match="10 shapes of 56 vertices"):
        PackedComponents(components(), WIDTH).upload()


def test_a_band_reads_only_packs_that_move_it() -> None:
    from render.passes.packed_components import PackedComponents

    packed = PackedComponents(components(), WIDTH)
    packed.upload()
    first, second = packed.bands
    assert (len(first.moving(np.ones(10))[0]), len(second.moving(np.ones(10))[0])) == (2, 1)
    only_the_ninth = np.eye(10)[8]
    assert first.moving(only_the_ninth)[0].tolist() == [1]
    packs, steps = second.moving(only_the_ninth)
    assert len(packs) == 1
    assert not steps.any()
    packed.release()
