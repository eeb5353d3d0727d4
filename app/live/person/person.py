"""The person of a live run: the profile that is used, by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.live.person.calibration_guide import Guide
from app.live.threads.requests import Request
from app.model.profiles import keep_profile, named_profile, profile_names
from app.pipeline.observer import Observer
from flame_model.errors import InputError
from flame_model.notices import Say
from mappings.motion.driver import Driver
from mappings.person.profile import Profile

USUAL_NAME = "me"
"""The profile that can be chosen, and made by a calibration, before there is any."""


class Person:
    """Who is followed; use it from the main thread, but for `keep`."""

    def __init__(
        self, name: str | None, profile: Profile | None, *, ask: Callable[[Request], object], say: Say
    ) -> None:
        """Begin with a profile, None where there is none of this name yet; `ask` reaches the driver."""
        self.name = name
        self.profile = profile
        self.guide = Guide(profile or Profile(), ask=ask, keep=self.keep, say=say)
        self._ask = ask
        self._say = say

    def names(self) -> Sequence[str]:
        """Return the names that can be chosen."""
        shown = (self.name,) if self.name else ()
        return tuple(dict.fromkeys((*profile_names(), *shown, USUAL_NAME)))

    def choose(self, name: str | None) -> bool:
        """Use the profile of a name, or none; return False where its file is broken, which a notice tells."""
        try:
            profile = named_profile(name)
        except InputError as error:
            self._say(str(error))
            return False
        if name is not None and profile is None:
            self._say(f"there is no profile {name} yet; press C to make it")
        self.name, self.profile = name, profile
        self.guide.use(profile or Profile())

        def use(observer: Observer, driver: Driver) -> None:
            driver.use(profile.mirrored() if profile and observer.mirror else profile)

        self._ask(use)
        return True

    def keep(self, profile: Profile) -> str:
        """Use the profile that a calibration has found, and save it. Raises OutputError."""
        self.profile = profile
        return keep_profile(profile, self.name)
