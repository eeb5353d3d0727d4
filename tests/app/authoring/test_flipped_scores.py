"""The unevenness of a tracker is found from its scores on flipped pictures."""

from __future__ import annotations

import numpy as np
import pytest

from app.authoring.flipped_scores import Scores, unevenness
from mappings.evenness import UNEVEN, mirrored_scores


def person(seed: int) -> Scores:
    """Return the scores of a person before a tracker that is as uneven as ours, with some noise."""
    random = np.random.default_rng(seed)
    straight = random.uniform(0.05, 0.9, (20, 52))
    return straight, np.clip(mirrored_scores(straight) + random.normal(0.0, 0.02, straight.shape), 0.0, 1.0)


def test_the_unevenness_of_a_tracker_is_found() -> None:
    rows = {name: values for name, *values in unevenness([person(seed) for seed in range(3)])}
    for name, (found, plain, left_out) in rows.items():
        assert found == pytest.approx(UNEVEN.get(name, 0.0), abs=0.08)
        assert left_out < 0.03
        assert (plain > 1.5 * left_out) == (abs(UNEVEN.get(name, 0.0)) > 0.2)
    assert set(UNEVEN) < set(rows)
