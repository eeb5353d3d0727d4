"""The choices of the panel that concern the scene: the look of the head, and the light on it."""

from __future__ import annotations

from app.live.panel.named_choice import NamedChoice
from app.live.screen import Screen
from app.live.settings import LiveSettings
from flame_model.notices import Say
from render.looks.names import LOOK_NAMES
from render.scene.environment_names import ENVIRONMENT_NAMES
from render.scene.environments import environment


def scene_choices(screen: Screen, settings: LiveSettings, say: Say) -> tuple[NamedChoice, NamedChoice]:
    """Return the looks and the environments of a screen that was made with these settings."""

    def light(name: str) -> None:
        screen.set_lighting(environment(name))

    return (
        NamedChoice("look", LOOK_NAMES, settings.look, show=screen.set_look, say=say),
        NamedChoice("light", ENVIRONMENT_NAMES, settings.environment, show=light, say=say),
    )
