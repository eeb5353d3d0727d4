"""What a tracker that is uneven reports on a face with even scores."""

from __future__ import annotations

import numpy as np

from mappings.evenness import even_scores, mirrored_scores
from mappings.signals import mirrored_indices


def reported_scores(even: np.ndarray) -> np.ndarray:
    """Return the scores (..., 52) of which `even` (..., 52) are the even ones."""
    return mirrored_scores(even_scores(even)[..., mirrored_indices()])
