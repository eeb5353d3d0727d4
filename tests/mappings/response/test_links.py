"""Links turn a network's values into reports, with slopes that belong to them and usable ones."""

from __future__ import annotations

import numpy as np
import pytest

from mappings.response.links import (
    APERTURE_COUNT,
    LEAST_SCORE_SLOPE,
    LEAST_SLOPE,
    REPORT_COUNT,
    SHARPNESS,
    link,
    rising,
    usable_slopes,
)
from mappings.signals import SIGNAL_COUNT

SHUT = np.array([0.01, 0.02, 0.03])
COUNT = REPORT_COUNT + 6 + APERTURE_COUNT
LINEAR = slice(SIGNAL_COUNT, COUNT - APERTURE_COUNT)


def values(seed: int = 0) -> np.ndarray:
    """Return values (4, M) whose apertures are about shut."""
    u = np.random.default_rng(seed).normal(0.0, 2.0, (4, COUNT))
    u[:, -APERTURE_COUNT:] *= SHARPNESS
    return u


def test_each_kind_of_report_has_its_link() -> None:
    u = values()
    reported, slopes = link(u, SHUT)
    np.testing.assert_allclose(reported[:, :SIGNAL_COUNT], 1.0 / (1.0 + np.exp(-u[:, :SIGNAL_COUNT])))
    np.testing.assert_array_equal(reported[:, LINEAR], u[:, LINEAR])
    np.testing.assert_array_equal(slopes[:, LINEAR], 1.0)
    apart = SHARPNESS * np.log1p(np.exp(u[:, -APERTURE_COUNT:] / SHARPNESS))
    np.testing.assert_allclose(reported[:, -APERTURE_COUNT:], SHUT + apart)


def test_slopes_are_those_of_the_reports() -> None:
    u, step = values(), 1e-6
    differences = (link(u + step, SHUT)[0] - link(u - step, SHUT)[0]) / (2.0 * step)
    np.testing.assert_allclose(link(u, SHUT)[1], differences, atol=1e-7)


@pytest.mark.parametrize("far", [-1e4, 1e4])
def test_far_values_stay_within_what_a_tracker_reports(far: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        reported, slopes = link(np.full(COUNT, far), SHUT)
    assert np.isfinite(reported).all()
    np.testing.assert_allclose(reported[:SIGNAL_COUNT], far > 0.0)
    np.testing.assert_allclose(reported[-APERTURE_COUNT:], SHUT + max(far, 0.0))
    np.testing.assert_allclose(slopes[:SIGNAL_COUNT], 0.0, atol=1e-12)
    np.testing.assert_array_equal(rising(np.array([far])), float(far > 0.0))


def test_usable_slopes_never_vanish_and_are_the_true_ones_elsewhere() -> None:
    for far in (-1e4, 1e4):
        usable = usable_slopes(link(np.full(COUNT, far), SHUT)[1])
        np.testing.assert_array_equal(usable[:SIGNAL_COUNT], LEAST_SCORE_SLOPE)
        np.testing.assert_allclose(usable[-APERTURE_COUNT:], 1.0 if far > 0.0 else LEAST_SLOPE)
    middle = link(np.zeros(COUNT), SHUT)[1]
    np.testing.assert_array_equal(usable_slopes(middle), middle)
