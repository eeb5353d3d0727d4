"""The columns of a head's coefficients: every group has its own, and a row comes back as it was packed."""

from __future__ import annotations

import numpy as np

from mappings.scores.layout import Coefficients, Layout


def test_the_groups_fill_the_row_in_order_without_gaps() -> None:
    layout = Layout(5)
    columns = np.concatenate([np.arange(layout.width)[group] for group in layout.groups.values()])
    np.testing.assert_array_equal(columns, np.arange(layout.width))
    assert list(layout.groups) == list(Coefficients._fields)
    assert (layout.left_eye.stop, layout.right_eye.stop) == (layout.right_eye.start, layout.eyes.stop)
    assert Layout.of_width(layout.width) == layout


def test_a_packed_row_splits_into_the_same_coefficients() -> None:
    rng = np.random.default_rng(0)
    coefficients = Coefficients(rng.random(7), rng.random(3), rng.random((2, 3)), rng.random(2))
    row = coefficients.packed()
    assert row.shape == (Layout(7).width,)
    for part, again in zip(coefficients, Layout(7).split(row), strict=True):
        np.testing.assert_array_equal(part, again)


def test_the_params_of_coefficients_leave_the_head_where_it_is() -> None:
    coefficients = Coefficients(np.ones(4), np.full(3, 0.1), np.full((2, 3), 0.2), np.ones(2))
    params = coefficients.params()
    for name in Coefficients._fields:
        np.testing.assert_array_equal(getattr(params, name), getattr(coefficients, name))
    assert not np.concatenate([params.neck, params.rotation, params.translation]).any()
