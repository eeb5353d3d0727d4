"""The choices of the panel that concern the scene: look, light and background."""

from __future__ import annotations

from app.live.keys import Action, hint
from app.live.panel.named_choice import NamedChoice
from app.live.panel.sections.look import BACKGROUND
from app.live.panel.shown_backgrounds import ShownBackgrounds
from app.live.screen import Screen
from app.live.settings import LiveSettings
from flame_model.notices import Say
from render.looks.names import LOOK_NAMES
from render.scene.environment_names import ENVIRONMENT_NAMES
from render.scene.environments import environment


def scene_choices(
    screen: Screen, backgrounds: ShownBackgrounds, settings: LiveSettings, say: Say
) -> tuple[NamedChoice, NamedChoice, NamedChoice]:
    """Return the looks, the environments and the backgrounds of a run that began with these settings."""

    def light(name: str) -> None:
        screen.set_lighting(environment(name))

    return (
        NamedChoice(
            "look",
            LOOK_NAMES,
            settings.look,
            setting="look",
            show=screen.set_look,
            say=say,
            hint=hint(Action.LOOK),
        ),
        NamedChoice(
            "light",
            ENVIRONMENT_NAMES,
            settings.environment,
            setting="environment",
            show=light,
            say=say,
            hint="the light on the head in the looks studio, clay and toon",
        ),
        NamedChoice(
            BACKGROUND,
            backgrounds.names,
            settings.background,
            setting="background",
            show=backgrounds.show,
            say=say,
            hint="what is behind the head; camera is the blurred picture of the source",
        ),
    )
