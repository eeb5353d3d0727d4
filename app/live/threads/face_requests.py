"""What keys ask of the tracking thread: mirroring, recentring and a neutral face."""

from __future__ import annotations

from app.live.keys import Action
from app.live.threads.requests import Request
from app.pipeline.observer import Observer
from flame_model.notices import Say
from mappings.motion.driver import Driver


def face_request(action: Action, say: Say) -> Request | None:
    """Return the request that a key stands for, None where it stands for none; `say` gets its result."""

    def recentre(_: Observer, driver: Driver) -> None:
        say("recentred" if driver.recentre() else "no face yet to recentre")

    def set_neutral(_: Observer, driver: Driver) -> None:
        say("neutral set to this face" if driver.set_neutral() else "no face yet to set neutral")

    requests = {Action.MIRROR: _toggle_mirror, Action.RECENTRE: recentre, Action.NEUTRAL: set_neutral}
    return requests.get(action)


def undo_request(action: Action, say: Say) -> Request:
    """Return the request that takes RECENTRE or NEUTRAL back; `say` gets its result."""

    def undo(_: Observer, driver: Driver) -> None:
        if action is Action.RECENTRE:
            say("recentring undone" if driver.undo_recentre() else "nothing was recentred")
        else:
            say("neutral undone" if driver.undo_neutral() else "no neutral was set")

    return undo


def _toggle_mirror(observer: Observer, driver: Driver) -> None:
    observer.toggle_mirror()
    driver.mirror()
