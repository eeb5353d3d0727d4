"""Where the built-in head's landmarks lie for the eyes that looked at another head."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.heads.importing.find_landmarks import place_landmarks
from flame_model.face.true_landmarks import true_landmarks
from flame_model.head import LandmarkPlaces
from flame_model.heads import BUILTIN, load_head
from mappings.tracking.tracker import FaceTracker


def seen_reference(tracker: FaceTracker, published: npt.NDArray[np.integer]) -> LandmarkPlaces:
    """Return the places of the built-in head's landmarks as the tracker finds them, true where `published`.

    What the tracker sees lies off the truth alike on every head (upper lids 0.9 mm too high), so a mapping
    fitted between two heads that were both seen is free of it: the round trip of a head in FLAME's format
    over talking_wide gains 0.016. Landmarks whose places on the other head are published have no such
    error. Makes an OpenGL context of its own. Raises GraphicsError.
    """
    builtin = load_head(BUILTIN)
    seen, true = place_landmarks(builtin, tracker), true_landmarks(builtin)
    triangles, weights = seen.triangles.copy(), seen.weights.copy()
    triangles[published], weights[published] = true.triangles[published], true.weights[published]
    return LandmarkPlaces(triangles, weights)
