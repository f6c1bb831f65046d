"""The JSON Schema of routine files, for editors. `python -m vistas.routine.schema` writes it to docs/."""

from __future__ import annotations

import json
from pathlib import Path

from vistas.routine.model import Routine

PLACE = Path(__file__).parents[2] / "docs" / "routine.schema.json"


def routine_schema() -> str:
    """The schema as it is published. One query may stand alone, without a list around it."""
    schema = Routine.model_json_schema()
    query = schema["$defs"]["Look"]["properties"]["query"]
    query["anyOf"] = [query["items"], {"type": query.pop("type"), "items": query.pop("items")}]
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2) + "\n"


if __name__ == "__main__":
    PLACE.write_text(routine_schema(), encoding="utf-8")
