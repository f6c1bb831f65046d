"""The route by which an editor asks for words while somebody types.

    POST asked/vocabulary   {"source", "what": "metrics" | "labels" | "values", "typed", "label", "matching"}
                            → {"words": [[name, kind, meaning], …], "all": true}

It tells no more than the page on which one tries queries, and asks no more of a source than that does. The words
are remembered here, so that a letter costs the source nothing. Only pages of this app are answered.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from dashboards.serving.origins import is_ours
from dashboards.shared import process
from vistas.vocabulary import Question, Suggestions, Wanted

LONGEST: Final = 20_000
"""Bytes of a question."""


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: Annotated[str, Field(max_length=60)]
    what: Wanted
    typed: Annotated[str, Field(max_length=2000)] = ""
    label: Annotated[str, Field(max_length=200)] = ""
    matching: Annotated[str, Field(max_length=4000)] = ""


async def vocabulary(request: Request) -> Response:
    if not is_ours(request):
        return PlainTextResponse("not found", 404)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            return PlainTextResponse("too long", 413)
    try:
        asked = Asked.model_validate_json(bytes(body))
    except ValidationError:
        return PlainTextResponse("not understood", 400)
    found = await asyncio.to_thread(_suggest, asked)
    return JSONResponse({"words": found.words, "all": found.all}, headers={"Cache-Control": "no-store"})


def _suggest(asked: Asked) -> Suggestions:
    words = process.words(asked.source)
    if words is None:
        return Suggestions()
    return words.suggest(Question(asked.what, asked.typed, asked.label, asked.matching))
