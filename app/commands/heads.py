"""`flame-cam heads`: list, show, add, fit and remove the heads that --head takes by name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from app.commands.options import debug_option, head_option, landmarker_option, yes_option
from app.commands.values import PathText, SourceText, Text
from app.system.terminal import say, tell
from flame_model.files.paths import at_home
from flame_model.notices import counted

if TYPE_CHECKING:
    from app.heads.importing.flame_editions import Download
    from app.heads.importing.flame_login import Login

FLAME, ICT = "flame", "ict"


@click.group(invoke_without_command=True)
@debug_option
@click.pass_context
def heads(context: click.Context) -> None:
    """List and manage the heads that --head takes by name.

    Without a command the heads are listed.

    \b
    Example:
      flame-cam heads
      flame-cam heads add generic_model.pkl --name flame
    """
    if context.invoked_subcommand is None:
        from app.heads.listing import list_heads

        tell(*list_heads())


@heads.command()
@click.argument("name", type=Text())
@debug_option
def show(name: str) -> None:
    """Describe the head NAME.

    \b
    Example:
      flame-cam heads show builtin
    """
    from app.heads.listing import describe_head

    tell(*describe_head(name))


@heads.command()
@click.argument("name", type=Text())
@debug_option
def remove(name: str) -> None:
    """Remove the added head NAME without asking.

    \b
    Example:
      flame-cam heads remove flame
    """
    from app.heads.store import remove_head

    tell(f"Removed the head {name} ({remove_head(name)}).")


@heads.command()
@click.argument("what", type=PathText(), metavar="PATH|ict|flame")
@click.option("--name", type=Text(), help="Name of the head; default: the file's stem, or ict.")
@click.option("--edition", type=Text(), help="FLAME edition to download, such as 2023-open; default: ask.")
@click.option("--no-response", is_flag=True, help="Do not measure the head's response (see above).")
@landmarker_option
@yes_option
@debug_option
def add(what: str, edition: str | None, no_response: bool, **options: Any) -> None:
    """Add a head from a file, ICT-FaceKit, or FLAME.

    PATH is a FLAME .pkl or .npz of any edition, the .zip that it comes in, ICT-FaceKit's .zip or a head file
    of flame-cam. "ict" downloads ICT-FaceKit. "flame" explains the editions of FLAME and downloads one with
    your login at FLAME's site. The login is taken from FLAME_CAM_FLAME_USER and FLAME_CAM_FLAME_PASSWORD, or
    asked for; it is neither stored nor shown.

    At the end the head's response is measured: the tracker observes drawings of the head in many poses. The
    solvers landmarks and hybrid need it. With --no-response the head is added in half the time, but only the
    less faithful solver scores can animate it until you run: flame-cam mapping respond --head NAME.

    \b
    Example:
      flame-cam heads add flame2023_Open.pkl --name flame
      flame-cam heads add ict
      flame-cam heads add flame --edition 2023-open
    """
    from app.heads.importing.adding import AddHeadSettings, add_edition, add_file, add_ict
    from app.heads.listing import describe_head
    from flame_model.find_heads import own_mapping

    if edition is not None and what != FLAME:
        raise click.UsageError(f"--edition {edition} is only for: flame-cam heads add {FLAME}.")
    settings = AddHeadSettings(**options, readings=0) if no_response else AddHeadSettings(**options)
    if what == FLAME:
        download = _ask_edition(edition)
        head = add_edition(download, _ask_login(), settings, say)
    elif what == ICT:
        head = add_ict(settings, say)
    else:
        head = add_file(at_home(what), settings, say)
    tell(*describe_head(head.name))
    mapping = "" if own_mapping(head.name) else " --mapping FOLDER"
    say(f"the head {head.name} is added; see it with: flame-cam demo --head {head.name}{mapping}")


@heads.command()
@click.argument("source", type=SourceText(), metavar="PHOTO|CLIP|TAKE|CAMERA")
@click.option("--name", type=Text(), required=True, help="Name of the new head.")
@head_option("Name or file of the head to fit.")
@click.option("--symmetric", is_flag=True, help="Make left and right mirror images of each other.")
@landmarker_option
@yes_option
@debug_option
def fit(**options: Any) -> None:
    """Fit a head to a person's face and keep it under a name.

    A face from the front, at rest and evenly lit, gives the best fit; a clip or camera in which it turns adds
    information about its depth. Of several faces the largest is used. The pictures do not leave this machine,
    and only the shape of the face is stored.

    \b
    Example:
      flame-cam heads fit me.jpg --name me
      flame-cam heads fit 0 --name me --head ict
    """
    from app.heads.fitting import FitHeadSettings, fit_head_to_person

    fitted = fit_head_to_person(FitHeadSettings(**options), say)
    name, frames = fitted.head.name, counted(fitted.frames, "frame")
    say(
        f"the head {name} is fitted to {frames}; the median distance between its landmarks and the observed "
        f"ones is {fitted.error:.1%} of the eye distance; see it with: flame-cam --head {name}"
    )


def _ask_edition(key: str | None) -> Download:
    """Return the edition to download; without a key, explain the editions and ask."""
    from app.heads.importing.flame_editions import DOWNLOADS, download_of

    if key is not None:
        return download_of(key)
    tell("FLAME comes in these editions; each requires you to register and to accept its licence:", err=True)
    for download in DOWNLOADS:
        tell(f"  {download.key:<10} {download.about}; {download.licence}")
    keys = [download.key for download in DOWNLOADS]
    if not sys.stdin.isatty():
        raise click.UsageError(f"Name the edition: --edition {'|'.join(keys)}.")
    return download_of(click.prompt("Edition", type=click.Choice(keys), default=keys[0], err=True))


def _ask_login() -> Login:
    """Return the user's login, from the environment or the terminal."""
    from app.heads.importing.flame_login import (
        PASSWORD_VARIABLE,
        SITE,
        USER_VARIABLE,
        Login,
        login_from_environment,
    )

    if login := login_from_environment():
        return login
    if not sys.stdin.isatty():
        raise click.UsageError(f"FLAME's site needs a login; set {USER_VARIABLE} and {PASSWORD_VARIABLE}.")
    tell(f"Your login at {SITE} (register there first); it is neither stored nor shown.", err=True)
    user = click.prompt("User", hide_input=False, err=True)
    return Login(user, click.prompt("Password", hide_input=True, err=True))
