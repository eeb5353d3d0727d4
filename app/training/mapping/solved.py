"""What a head's solver makes of gathered frames, each person seen against their own resting face."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array
from mappings.person.running_neutral import EVERY_S, RunningNeutral
from mappings.records.gathered import Gathered
from mappings.scores.solver import Solver


def solved(data: Gathered, solver: Solver) -> Array:
    """Return the coefficients (N, E + 11) of every frame: expression, jaw, eyes, eyelids."""
    neutral = {person: resting_face(data, person) for person in np.unique(data.person)}
    rows = []
    for row in range(len(data.time_s)):
        seen = data.observation(row)
        turned = np.eye(4)
        turned[:3, :3] = seen.T_camera_face[:3, :3]
        made = solver.solve(seen, turned, neutral[data.person[row]]).coefficients
        rows.append(np.concatenate([np.ravel(part) for part in made]))
    return np.array(rows)


def resting_face(data: Gathered, person: int) -> Array | None:
    """Return a person's resting face (468, 3), upright and in metres, learnt from all their frames."""
    running = RunningNeutral()
    # A clip's own times say nothing about the clip before it; every frame counts as one that is due.
    for count, row in enumerate(np.flatnonzero(data.person == person).tolist()):
        running.add(data.observation(row), time_s=count * EVERY_S * 1.01)
    return running.face
