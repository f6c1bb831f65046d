"""What an API server, or whatever stands in front of it, can do wrong, in words for people."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import orjson

from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

SPOKEN = 200
"""How much of a server's own message is passed on, in characters."""

REDIRECTION = 3
ABSENT = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_ACCEPTABLE}
SIGN_IN_AGAIN = (
    "Sign in again, or renew the kubeconfig's token; kubectl get nodes should work with the same context."
)
IN_FRONT = "A sign-in page or a proxy stands in front: set the API server's own address in the kubeconfig."
CUT_SHORT = "Try again; if it stays, something between here and the cluster cuts answers short."


@dataclass(frozen=True, slots=True)
class Right:
    """What the account must be allowed: one line of a role."""

    verb: str
    group: str
    resource: str
    namespace: str | None = None

    @property
    def rule(self) -> str:
        return f'{{apiGroups: ["{self.group}"], resources: ["{self.resource}"], verbs: ["{self.verb}"]}}'

    @property
    def said(self) -> str:
        group = f" of the group {self.group}" if self.group else ""
        place = f"in the namespace {self.namespace}" if self.namespace else "in the whole cluster"
        return f"{self.verb} {self.resource}{group} {place}"


class Expired(Exception):
    """410: the list has changed too much since its first page."""


class Absent(Unobtainable):
    """404: what was asked for is not there, in this version at least."""

    def __init__(self, what: str) -> None:
        super().__init__(
            GapReason.NOT_HERE,
            f"The cluster does not have {what}.",
            "Nothing to do if it is not installed there; otherwise see whether its API service is up.",
        )


def refusal(status: int, body: bytes, what: str, right: Right | None) -> Unobtainable:
    """Why an answer that is not 200 is no answer."""
    if status in ABSENT:
        return Absent(what)
    if status == HTTPStatus.FORBIDDEN:
        return _not_allowed(body, what, right)
    return _other_refusal(status, _message(body), what)


def _other_refusal(status: int, said: str, what: str) -> Unobtainable:
    if status == HTTPStatus.UNAUTHORIZED:
        return Unobtainable(GapReason.REFUSED, "The cluster does not accept our credentials.", SIGN_IN_AGAIN)
    if status == HTTPStatus.BAD_REQUEST:
        return Unobtainable(GapReason.REFUSED, f"The cluster does not accept the question for {what}: {said}")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        busy = f"The API server is too busy to give {what} now."
        return Unobtainable(GapReason.REFUSED, busy, "Try again in a minute, or narrow the look to a namespace.")
    if status // 100 == REDIRECTION:
        elsewhere = f"Asked for {what}, the address answered with a redirect to somewhere else."
        return Unobtainable(GapReason.GARBLED, elsewhere, IN_FRONT)
    return Unobtainable(
        GapReason.UNREACHABLE,
        f"Asked for {what}, the API server failed with {status}{f' ({said})' if said else ''}.",
        "Try again; if it stays, look at the API server, or at the service behind this API group.",
    )


def _not_allowed(body: bytes, what: str, right: Right | None) -> Unobtainable:
    if b"system:anonymous" in body:
        return Unobtainable(
            GapReason.REFUSED,
            f"The cluster took us for an anonymous visitor and refused {what}.",
            "The kubeconfig's user has no credentials that reach the cluster: give it a token or a certificate.",
        )
    if right is None:
        return Unobtainable(GapReason.REFUSED, f"The cluster refuses us {what}.", SIGN_IN_AGAIN)
    return Unobtainable(
        GapReason.REFUSED,
        f"The account may not {right.said}.",
        f"Add the rule {right.rule} to its role; docs/kubernetes-clusterrole.yaml has all that are needed.",
    )


def _message(body: bytes) -> str:
    """The message of a Status object, shortened; empty when it is anything else."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    message = said.get("message") if isinstance(said, dict) else None
    return " ".join(str(message).split())[:SPOKEN].rstrip(".") if message else ""


def unreachable(failure: Exception, server: str, patience: float) -> Unobtainable:
    """Why no answer, or no whole one, came; `patience` is how long a byte was waited for, in seconds."""
    from urllib3 import exceptions

    cause = failure.reason if isinstance(failure, exceptions.MaxRetryError) and failure.reason else failure
    said = " ".join(str(cause).split())[:SPOKEN].rstrip(".")
    reason = GapReason.UNREACHABLE
    if isinstance(cause, exceptions.NameResolutionError):
        says, hint = f"The name in {server} is not known.", "See whether the VPN is up and the kubeconfig right."
    elif isinstance(cause, exceptions.NewConnectionError):
        says, hint = (
            f"Nothing answers at {server}.",
            "See whether the cluster runs, the VPN is up, the address right.",
        )
    elif isinstance(cause, exceptions.TimeoutError):
        reason, says = GapReason.TOO_SLOW, f"{server} said nothing for {patience:.0f} s."
        hint = "See whether the VPN is up and the API server well, or give it longer (timeout of this source)."
    elif "certificate" in said.lower() or "ssl" in said.lower():
        says = f"No trusted connection to {server}: {said}."
        hint = "The kubeconfig's certificate-authority must be the one that signed the server's certificate."
    elif isinstance(cause, exceptions.DecodeError):
        reason, says, hint = GapReason.GARBLED, f"{server} sent a body that cannot be unpacked.", CUT_SHORT
    elif isinstance(cause, exceptions.ProtocolError):
        reason, hint = GapReason.GARBLED, CUT_SHORT
        says = f"{server} broke off in the middle of its answer, or does not speak HTTP."
    else:
        says, hint = f"{server} cannot be reached: {said}.", "See whether kubectl works with this context."
    return Unobtainable(reason, says, hint)


def not_json(body: bytes | bytearray, what: str) -> Unobtainable:
    if body.lstrip()[:1] == b"<":
        return Unobtainable(
            GapReason.GARBLED, f"Asked for {what}, the address answered with a web page.", IN_FRONT
        )
    return Unobtainable(GapReason.GARBLED, f"The answer to {what} is not whole JSON.", CUT_SHORT)


def too_big(what: str, limit: int) -> Unobtainable:
    return Unobtainable(
        GapReason.TOO_MUCH,
        f"The answer to {what} is larger than {limit / 1e6:.0f} MB.",
        "Narrow the look to a namespace, or raise max_bytes of this source.",
    )
