"""Incoming webhooks as Slack has them, and Mattermost, Rocket.Chat and others after it.

Sources: Slack, "Sending messages using incoming webhooks"; Mattermost, "Incoming webhooks".
"""

from __future__ import annotations

from pydantic import ValidationError

from connectors.http.client import BoundedSession
from connectors.http.echoes import in_path
from connectors.http.settings import HttpSettings
from connectors.taking import Unobtainable
from vistas.errors import PostError
from vistas.source import Deadline

ANSWER_AT_MOST = 1 << 16


def post(webhook: str, message: str, *, deadline: Deadline) -> None:
    """One message, `{"text": …}`. PostError where it was not taken; the address, a secret, is in none."""
    try:
        settings = HttpSettings(url=webhook, max_bytes=ANSWER_AT_MOST)
    except ValidationError as error:
        raise PostError("the webhook's address is not valid: expected https://… without ? and #") from error
    session = BoundedSession(settings, secrets=in_path(webhook))
    try:
        with session.within(deadline, pages=True):
            session.post(webhook, json={"text": message})
    except Unobtainable as failure:
        raise PostError(f"{failure.gap.message} {failure.gap.hint}".strip()) from failure
    finally:
        session.close()
