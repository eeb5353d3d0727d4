"""Who plays: a head, the mapping that fits it, and how observations are turned into parameters."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from flame_model.errors import InputError
from flame_model.files.standing import is_file
from flame_model.head import Head
from flame_model.heads import head_names, load_head, own_mapping
from flame_model.notices import Say
from mappings.motion.driver import Driver
from mappings.motion.placement import Placement
from mappings.motion.smoothing import DEFAULT_SMOOTHING, Reach, Smoothing
from mappings.person.profile import Profile
from mappings.response.problem import HYBRID, LANDMARKS
from mappings.response.response import Response
from mappings.response.solver import ResponseSolver
from mappings.scores.mapping_folder import RESPONSE_NAME
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import ScoreSolver, Solver

SCORES = "scores"
SOLVERS = (SCORES, "landmarks", "hybrid")
"""What parameters are taken from: scores by the mapping alone, landmarks or both by the head's response."""
_TRUSTS = {"landmarks": LANDMARKS, "hybrid": HYBRID}
BEST_SOLVER = "hybrid"
"""As docs/fidelity.md has it, where a head's response is known."""


@dataclass(frozen=True, slots=True)
class AnimatedHead:
    """Hold a head and a mapping whose components are the head's."""

    head: Head
    mapping: ScoreMapping
    response: Response | None = None
    """How the tracker reads the head under this mapping, where that was measured."""
    solver: str = SCORES
    """One of SOLVERS; all but scores need the response."""

    def driver(
        self, placement: Placement | None, smoothing: float | None = 0.0, profile: Profile | None = None
    ) -> Driver:
        """Return a new driver of this head, on a stage where a placement is given.

        `smoothing` is 0 (off) to 1, None for the light default; a profile tells how the person differs from
        others.
        """
        joints = self.head.joint_regressor @ self.head.template
        smooth = Smoothing(Reach.of(self.head), DEFAULT_SMOOTHING if smoothing is None else smoothing)
        return Driver(self.make_solver(), joints, placement=placement, smoothing=smooth, profile=profile)

    def make_solver(self) -> Solver:
        """Return what turns observations into the head's coefficients."""
        if self.solver == SCORES or self.response is None:
            return ScoreSolver(self.mapping)
        return ResponseSolver(self.mapping, self.response, _TRUSTS[self.solver])


def load_animated_head(
    head: str,
    mapping: Path | None,
    identity: Path | None = None,
    solver: str | None = None,
    say: Say | None = None,
) -> AnimatedHead:
    """Load a head by name or file and a mapping by folder, None for the one made for the head.

    A head without one takes the bundled mapping. A file of identity coefficients gives the head another face.
    A solver of None is the best that can be had. What a person should know of them goes to `say`. Raises
    InputError where one cannot be read or they do not fit.
    """
    loaded = load_head(head)
    own = mapping or own_mapping(head)
    with resources.as_file(resources.files("assets") / "mappings" / "builtin") as bundled:
        folder = own or bundled
        chosen = ScoreMapping.load(folder)
        if own is None and chosen.expression_count != loaded.expression_count:
            adding = "" if head in head_names() else f", or make one with: flame-cam heads add {head}"
            raise InputError(
                f"The head {head!r} has no mapping of its own; name one with --mapping FOLDER{adding}."
            )
        fitting = chosen.for_head(loaded)
        response = load_response(folder, fitting, solver, head)
    if say and (doubt := fitting.doubt(loaded)):
        say(doubt)
    if identity is not None:
        # Importing SciPy takes a third of a second, which a start without an identity does not need.
        from app.model.identity import with_identity

        loaded = with_identity(loaded, identity, say)
    return AnimatedHead(loaded, fitting, response, solver or (BEST_SOLVER if response else SCORES))


def load_response(folder: Path, mapping: ScoreMapping, solver: str | None, head: str) -> Response | None:
    """Return the response in a mapping's folder, None where the solver needs none or can do without."""
    path = folder / RESPONSE_NAME
    if solver == SCORES or (solver is None and not is_file(path)):
        return None
    if not is_file(path):
        named = "" if folder == own_mapping(head) else f" --mapping {folder}"
        raise InputError(
            f"The solver {solver!r} needs to know how the tracker reads the head {head!r}, and {path} is "
            f"missing; measure it with: flame-cam mapping respond --head {head}{named}"
        )
    return Response.load(path, mapping)
