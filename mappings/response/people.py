"""What faces people make, in the signals of a head: the prior of the response solver.

With the signals s_i (n,) for which the tracker reports on the head what it reported on the people, and those
of the mirrored people,

    m = mean(s_i),   C = cov(s_i) + SPREAD^2 I

so that (s - m)' C^-1 (s - m) is small for faces in which mouth, brows and lids go together as they do in
people.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Array
from mappings.evenness import even_scores
from mappings.response.response import Response
from mappings.response.solver import ResponseSolver
from mappings.response.weights import Weights
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import mirrored_indices

SPREAD = 0.055
"""Standard deviation by which any signal may differ from how people combine them."""


def with_people(response: Response, mapping: ScoreMapping, scores: Array) -> Response:
    """Return a response with the mean and precision of people's signals, for their scores (N, 52).

    The scores are those that the tracker reported.
    """
    solver = ResponseSolver(mapping, response, Weights(people=0.0))
    even = even_scores(scores.astype(np.float64))
    both = np.vstack([even, even[:, mirrored_indices()]])
    ahead, centre = np.eye(3), np.zeros(3)
    signals = np.array([solver.signals_for(row, ahead, centre)[response.signals] for row in both])
    covariance = np.cov(signals.T) + SPREAD**2 * np.eye(response.signal_count)
    return replace(response, people_mean=signals.mean(axis=0), people_precision=np.linalg.inv(covariance))
