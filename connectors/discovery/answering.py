"""Whether something answers on this machine, for somebody who has typed nothing yet."""

from __future__ import annotations

import requests

from connectors.http.failures import FOREIGN

_PATIENCE = 0.5
_LONGEST_ANSWER = 65_536


def answers(url: str, *, saying: bytes) -> bool:
    """Whether what is at `url` answers within half a second, and says this early in its answer."""
    try:
        with requests.Session() as session:
            session.trust_env = False
            with session.get(url, timeout=_PATIENCE, allow_redirects=False, stream=True) as answer:
                body = next(answer.iter_content(_LONGEST_ANSWER), b"")
    except (*FOREIGN, ValueError):
        return False
    return answer.ok and saying in body
