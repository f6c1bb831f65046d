"""`scripts/servers`: fetch, start and stop the real servers the tests and the demo use."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.servers import tested_with
from tests.servers.cache import FetchError, cache_directory
from tests.servers.current import version_of, why_without_go
from tests.servers.fetch import NAMES, MissingServer, can_be_had, fetch, is_built, is_here
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
        if reason := why_without_go():
            print(f"servers: {reason}: Debian's stand in for the servers of today", file=sys.stderr)
        fetch(asked.names)
    elif asked.verb == "up":
        running.up(asked.names or STARTABLE)
        print(running.describe())
    elif asked.verb == "down":
        running.down()
    elif asked.verb == "tested-with":
        tested_with.write()
    else:
        for name in NAMES:
            print(f"{name:24} {_state(name)}")
        print(running.describe())


def _state(name: str) -> str:
    if not can_be_had(name):
        return f"not for here: {why_without_go()}"
    if not is_here(name):
        return f"missing: scripts/servers fetch {name}"
    return f"built, {version_of(name)}" if is_built(name) else "fetched"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/servers", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    default = cache_directory().parent / "running"
    for verb, help_text, choices in (
        ("fetch", "fetch or build what is missing (all of them when none is named)", NAMES),
        ("up", "start servers on free loopback ports and leave them running", STARTABLE),
        ("down", "stop exactly the servers that up started", None),
        ("status", "what is fetched and what is running", None),
        ("tested-with", "write the servers' versions into the README and the guide", None),
    ):
        command = verbs.add_parser(verb, help=help_text, description=help_text)
        command.add_argument("--run", type=Path, default=default, metavar="DIR", help="where up keeps its data")
        if choices:
            command.add_argument("names", nargs="*", metavar="NAME", help=", ".join(choices))
    return parser
