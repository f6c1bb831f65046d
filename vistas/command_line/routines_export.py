"""`vistas routines export`: a routine written out for another tool."""

from __future__ import annotations

from pathlib import Path

import click

from vistas.command_line.files import check_ending, replace_file
from vistas.command_line.writing import complain, open_workspace, say, say_json


@click.command("export")
@click.argument("routine", metavar="SLUG|FILE")
@click.option("--grafana", "to_grafana", is_flag=True, required=True, help="As a Grafana dashboard.")
@click.option(
    "--out", "file", type=click.Path(path_type=Path), help="The .json file to write; by default, print it."
)
def export(routine: str, to_grafana: bool, file: Path | None) -> int:
    """Write a routine out as a dashboard that any Grafana imports.

    What is not there as it is here is told, a line each.
    """
    del to_grafana  # there is nothing else yet
    from vistas.exporting import export_dashboard, write_dashboard

    if file:
        check_ending(file, (".json",))
    found = open_workspace().find_routine(routine)
    exported = export_dashboard(found)
    for where, said in exported.told:
        complain(f"{where} {said}")
    if file is None:
        say_json(exported.dashboard)
        return 0
    replace_file(file, write_dashboard(exported))
    say(f"{file}: {found.title}, as a Grafana dashboard")
    return 0
