"""The `flame-cam` command line: run a command, and turn every error into a message and an exit code."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version

import click
from click.core import ParameterSource

from app.commands.calibrate import calibrate
from app.commands.cameras import cameras
from app.commands.doctor import doctor
from app.commands.heads import heads
from app.commands.live import demo, live_options, start_live
from app.commands.mapping import mapping
from app.commands.options import debug_option, source_option
from app.commands.render import render
from app.commands.takes import takes
from app.commands.track import track
from app.system.daemon import any_left
from app.system.stop_signals import install_interruption
from app.system.terminal import say, tell
from flame_model.errors import FlameCamError

# The pipeline multiplies small matrices, and BLAS threads that wait for the next one take a core from the
# tracker. The variable works only before NumPy is first imported, which the commands do when they run.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

DONE, FAILED, WRONG_USE = 0, 1, 2


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@source_option("Camera (index, device or name), video, picture, http(s)/rtsp address, take (.npz) or demo.")
@live_options
@click.version_option(version("flame-cam"), prog_name="flame-cam")
@debug_option
@click.pass_context
def cli(context: click.Context, **options: object) -> None:
    """Animate a FLAME head with your face, live: a camera, clip or take drives it in an OpenGL window.

    Press H in the window for its keys. Without a camera the demo plays, and the window asks for a source.

    \b
    Example:
      flame-cam
      flame-cam --source clip.mp4 --record out.mp4
    """
    if context.invoked_subcommand is None:
        # A recording of the demo in place of a camera would be nobody's wish.
        default = context.get_parameter_source("source") is ParameterSource.DEFAULT
        start_live(ask_source=default and options["record"] is None, **options)
        return
    given = [name for name in options if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if given:
        option = "--" + given[0].replace("_", "-")
        raise click.UsageError(f"{option} must come after the command name {context.invoked_subcommand!r}.")


for command in (demo, calibrate, render, track, takes, heads, mapping, cameras, doctor):
    cli.add_command(command)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    install_interruption()
    # A character that the terminal cannot show is written as its number instead of raising.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    if any_left():
        # A daemon thread that wakes up in C++ while the interpreter finalizes would crash the process.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 2 for wrong use or input, 1 for any other failure."""
    debug = "--debug" in arguments
    try:
        return int(cli.main(args=list(arguments), prog_name="flame-cam", standalone_mode=False) or DONE)
    except Exception as error:
        if debug:
            tell(*traceback.format_exc().splitlines(), err=True)
        text, code = _explain(error)
        say(" ".join(text.split()))
        return code


def _explain(error: Exception) -> tuple[str, int]:
    if isinstance(error, click.Abort):
        # Writers add a note to the interruption about what their output holds.
        kept = _notes(error.__cause__)
        return (f"Interrupted. {kept}" if kept else "Interrupted; nothing was written."), FAILED
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{error.format_message()} See {error.ctx.command_path} --help.", WRONG_USE
    if isinstance(error, click.ClickException):
        return error.format_message(), WRONG_USE
    if isinstance(error, FlameCamError):
        return f"{error} {_notes(error)}", error.exit_code
    if isinstance(error, OSError | UnicodeError):
        return f"{_refusal(error)} {_notes(error)}", WRONG_USE
    text = f"Unexpected {type(error).__name__}: {error} (run again with --debug for the traceback)."
    return f"{text} {_notes(error)}", FAILED


def _notes(error: BaseException | None) -> str:
    """Return the notes that were added to an error: what its outputs hold."""
    return " ".join(getattr(error, "__notes__", ()))


def _refusal(error: OSError | UnicodeError) -> str:
    """Return a sentence for an error of the operating system that no room has caught."""
    if isinstance(error, UnicodeError):
        return f"A name or text holds characters that cannot be encoded ({error}); remove those characters."
    reason = (error.strerror or str(error) or type(error).__name__).rstrip(".")
    if error.filename is None:
        return f"The operating system refused: {reason}."
    return f"{os.fsdecode(error.filename)} cannot be used: {reason}."


if __name__ == "__main__":
    main()
