"""A head that follows faces: the head with its mapping and solver, loaded by name or from files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from app.model.solvers import BEST_SOLVER, HYBRID, LANDMARKS, SCORES, SOLVERS
from flame_model.errors import InputError, OutdatedFileError
from flame_model.files.paths import is_file
from flame_model.find_heads import BUILTIN, head_names, load_head, own_mapping
from flame_model.head import Head
from flame_model.notices import Say
from flame_model.paint.hair.styles import NONE
from flame_model.paint.hair.wear import usual_hair, with_hair
from flame_model.params import HeadParams
from mappings.adjusting.adjuster import Adjuster
from mappings.adjusting.adjustments import AS_TRACKED, Adjustments
from mappings.adjusting.head_signals import HeadSignals
from mappings.frames import FaceObservation
from mappings.motion.driver import Driver
from mappings.motion.head_pose import NECK_SHARE, Share
from mappings.motion.placement import Placement
from mappings.motion.smoothing import DEFAULT_SMOOTHING, Smoothing
from mappings.motion.trust import Trust
from mappings.person.profile import Profile
from mappings.response import weights
from mappings.response.response import Response
from mappings.response.response_file import load_response
from mappings.response.solver import ResponseSolver
from mappings.scores.mapping_folder import RESPONSE_NAME
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import ScoreSolver, Solver

_TRUSTS = {LANDMARKS: weights.LANDMARKS, HYBRID: weights.HYBRID}


@dataclass(frozen=True)
class AnimatedHead:
    """A head with the mapping and the solver that animate it.

    Example:

        animated = AnimatedHead.load("builtin")
        take = load_take(Path("take.npz"))
        for observation, time_s in zip(take.observations, take.times, strict=True):
            params = animated.follow(observation, time_s)

    `follow` keeps the state of one person: placement, neutral and smoothing. `driver` returns further drivers
    with a state of their own.
    """

    head: Head
    mapping: ScoreMapping
    """From scores to the coefficients of this head."""
    response: Response | None = None
    """How the tracker's readings of the head depend on signals and turn; None where it was not measured."""
    solver: str = SCORES
    """One of `app.model.solvers.SOLVERS`; all but `scores` need the response."""

    @classmethod
    def load(
        cls,
        head: str = BUILTIN,
        mapping: str | Path | None = None,
        identity: str | Path | None = None,
        solver: str | None = None,
        say: Say | None = None,
        *,
        hair: str | None = NONE,
    ) -> AnimatedHead:
        """Load a head by name or file, and a mapping by folder.

        Without `mapping` the head's own is used, or the bundled one for a head that has none. `identity` is a
        file of identity coefficients that are baked into the head. Without `solver` the best one that the
        head allows is used: scores, landmarks or hybrid. Doubts about the mapping and the identity go to
        `say`. `hair` is one of `flame_model.paint.hair.styles.STYLES`, None for what the head usually wears.
        Raises InputError where a file cannot be read or the parts do not fit each other.
        """
        if solver not in (None, *SOLVERS):
            raise InputError(f"There is no solver {solver!r}; name one of {', '.join(SOLVERS)}.")
        loaded = load_head(head)
        own = Path(mapping) if mapping else own_mapping(head)
        with resources.as_file(resources.files("assets") / "mappings" / "builtin") as bundled:
            folder = own or bundled
            chosen = ScoreMapping.load(folder)
            if own is None and chosen.expression_count != loaded.expression_count:
                raise InputError(_no_mapping(head))
            fitting = chosen.for_head(loaded)
            response = _load_response(folder, fitting, solver, head, say)
        if say and (warning := fitting.edition_warning(loaded)):
            say(warning)
        if identity is not None:
            # Importing SciPy takes a third of a second, which a start without an identity does not need.
            from app.model.identity import with_identity

            loaded = with_identity(loaded, Path(identity), say)
        loaded = with_hair(loaded, usual_hair(loaded) if hair is None else hair)
        return cls(loaded, fitting, response, solver or (BEST_SOLVER if response else SCORES))

    def follow(self, observation: FaceObservation | None, time_s: float) -> HeadParams:
        """Return the parameters to draw the head with at `time_s` seconds; None is a frame without a face.

        Times have to rise. The head stands at the scene's origin, and its motion has the default smoothing.
        """
        return self._driver.follow(observation, time_s)

    def driver(
        self,
        placement: Placement | None,
        smoothing: float | None = 0.0,
        profile: Profile | None = None,
        solver: Solver | None = None,
        *,
        neck_share: Share = NECK_SHARE,
        adjustments: Adjustments = AS_TRACKED,
    ) -> Driver:
        """Return a new driver of this head.

        With a `placement` the head stands at the scene's origin; with None it is where the face is in front
        of the camera. `smoothing` is 0 (off) to 1, None for the light default; where it is off, doubtful
        frames are shown as they are, too. A `profile` describes how the person differs from the typical one.
        `solver` replaces the head's own. `neck_share` is the part of a turn that bends the neck, and
        `adjustments` change what is shown of what was tracked.
        """
        joints = self.head.joint_regressor @ self.head.template
        smooth = Smoothing(DEFAULT_SMOOTHING if smoothing is None else smoothing)
        return Driver(
            solver or self.make_solver(),
            joints,
            neck_share=neck_share,
            placement=placement,
            smoothing=smooth,
            trust=None if smoothing == 0.0 else Trust(),
            profile=profile,
            adjuster=Adjuster(self.signals, adjustments),
        )

    @cached_property
    def signals(self) -> HeadSignals:
        """What the signals do on this head."""
        return HeadSignals(self.mapping, self.head.expression_names)

    def make_solver(self) -> Solver:
        """Return the solver that computes this head's coefficients from an observation."""
        if self.solver == SCORES or self.response is None:
            return ScoreSolver(self.mapping)
        return ResponseSolver(self.mapping, self.response, _TRUSTS[self.solver])

    @cached_property
    def _driver(self) -> Driver:
        return self.driver(Placement(), smoothing=None)


def _load_response(
    folder: Path, mapping: ScoreMapping, solver: str | None, head: str, say: Say | None
) -> Response | None:
    """Return the response in a mapping's folder, None where the solver does not need one.

    Without a `solver` an outdated response goes to `say` and is not used. Raises InputError where the solver
    needs one that is missing, and MappingFileError where it cannot be read.
    """
    path = folder / RESPONSE_NAME
    if solver == SCORES or (solver is None and not is_file(path)):
        return None
    if not is_file(path):
        raise InputError(_no_response(path, solver, head))
    try:
        return load_response(path, mapping)
    except OutdatedFileError as error:
        if solver is not None or say is None:
            raise
        say(f"{error} Until then the head follows the scores alone.")
        return None


def _no_mapping(head: str) -> str:
    adding = "" if head in head_names() else f", or make one with: flame-cam heads add {head}"
    return f"The head {head!r} has no mapping of its own; name one with --mapping FOLDER{adding}."


def _no_response(path: Path, solver: str | None, head: str) -> str:
    named = "" if path.parent == own_mapping(head) else f" --mapping {path.parent}"
    return (
        f"The solver {solver!r} needs the response of the head {head!r}, and {path} is missing; measure it "
        f"with: flame-cam mapping respond --head {head}{named}."
    )
