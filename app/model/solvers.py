"""The names of the solvers, in a module without heavy imports so that --help lists them at once."""

from __future__ import annotations

SCORES, LANDMARKS, HYBRID = "scores", "landmarks", "hybrid"
SOLVERS = (SCORES, LANDMARKS, HYBRID)
"""`scores` multiplies the scores by the mapping; the other two fit landmarks, or landmarks and scores, by the
head's response."""
BEST_SOLVER = HYBRID
"""The default for a head whose response is known; it has the highest correlation in docs/fidelity.md."""
