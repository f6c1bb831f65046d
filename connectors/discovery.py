"""Whether a Prometheus answers on this machine, for somebody who has connected nothing yet."""

from __future__ import annotations

import requests

from connectors.http.failures import FOREIGN
from vistas.extensions.discovery import Offer

USUAL_PLACE = "http://localhost:9090"
_PATIENCE = 0.5
_LONGEST_ANSWER = 65_536


def answering_prometheus(url: str = USUAL_PLACE) -> Offer | None:
    """An offer to connect the Prometheus at `url`, or None where none answers within half a second."""
    try:
        with requests.Session() as session:
            session.trust_env = False
            place = f"{url}/api/v1/status/buildinfo"
            with session.get(place, timeout=_PATIENCE, allow_redirects=False, stream=True) as answer:
                body = next(answer.iter_content(_LONGEST_ANSWER), b"")
    except (*FOREIGN, ValueError):
        return None
    if not answer.ok or b'"status":"success"' not in body:
        return None
    return Offer("prometheus", {"type": "prometheus", "url": url}, f"A Prometheus answers at {url}.")
