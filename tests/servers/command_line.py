"""`scripts/servers`: fetch, start and stop the real servers the tests and the demo use."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.servers.cache import FetchError, cache_directory
from tests.servers.fetch import NAMES, MissingServer, fetch, is_here
from tests.servers.process import ServerError
from tests.servers.running import STARTABLE, Running

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one verb; 0 when it worked, 1 with one clear message on stderr when not."""
    asked = _parser().parse_args(arguments)
    try:
        _verbs(asked)
    except (FetchError, MissingServer, ServerError) as error:
        print(f"servers: {error}", file=sys.stderr)
        return FAILED
    return 0


def _verbs(asked: argparse.Namespace) -> None:
    running = Running(asked.run)
    if asked.verb == "fetch":
        fetch(asked.names or NAMES)
    elif asked.verb == "up":
        running.up(asked.names or STARTABLE)
        print(running.describe())
    elif asked.verb == "down":
        running.down()
    else:
        for name in NAMES:
            print(f"{name:18} {'fetched' if is_here(name) else 'missing: scripts/servers fetch ' + name}")
        print(running.describe())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/servers", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    default = cache_directory().parent / "running"
    for verb, help_text, choices in (
        ("fetch", "fetch or build what is missing (all of them when none is named)", NAMES),
        ("up", "start servers on free loopback ports and leave them running", STARTABLE),
        ("down", "stop exactly the servers that up started", None),
        ("status", "what is fetched and what is running", None),
    ):
        command = verbs.add_parser(verb, help=help_text, description=help_text)
        command.add_argument("--run", type=Path, default=default, metavar="DIR", help="where up keeps its data")
        if choices:
            command.add_argument("names", nargs="*", metavar="NAME", help=", ".join(choices))
    return parser
