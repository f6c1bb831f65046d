"""The console script `vistas`: the second place, beside streamlit_app.py, where everything is put together.

Exit codes: 0 fine, 1 something could not be gathered or is not well, 2 wrong use or settings, 130 cancelled.
What the outside world does wrong is one line on stderr. Heavy imports wait inside the commands that need them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from vistas.command_line.writing import complain
from vistas.errors import VistasError
from vistas.redaction import doors

WRONG_USE = 2
CANCELLED = 130

COMMANDS = {
    "gather": "gather:gather",
    "list": "library:list_",
    "show": "library:show",
    "compare": "compare:compare",
    "export": "library:export",
    "import": "library:import_",
    "logs": "logs:logs",
    "connect": "connect:connect",
    "check": "check:check",
    "store": "store:store",
    "routines": "routines:routines",
    "open": "open:open_",
}
"""Where each command is: a module of this package, and its name there."""


class _Commands(click.Group):
    """Commands whose modules are imported when they are called, so that none waits for what another needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"vistas.command_line.{module}"), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="morning-vistas", message="%(version)s")
def vistas() -> None:
    """Walk through your landscape each morning, keep what you noticed, replay a teammate's morning."""


def run(arguments: Sequence[str]) -> int:
    """The exit code of `vistas ARGUMENTS…`."""
    doors.use(None)
    try:
        code = vistas.main(args=list(arguments), prog_name="vistas", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        help_wanted.show()
        return help_wanted.exit_code
    except click.ClickException as error:
        complain(_one_line(error))
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        complain("cancelled")
        return CANCELLED
    except VistasError as error:
        complain(str(error))
        return WRONG_USE
    except OSError as error:
        complain(f"{error.filename or 'a file'}: {error.strerror or error}")
        return WRONG_USE
    return code if isinstance(code, int) else 0


def _one_line(error: click.ClickException) -> str:
    said = error.format_message().rstrip(".")
    where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else ""
    return f"{said} (see {where} --help)" if where else said


def main() -> None:
    doors.guard()
    sys.exit(run(sys.argv[1:]))
