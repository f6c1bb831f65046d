"""Why a cloud's library could not sign us in. Its own words are not told: they may quote what it tried with."""

from __future__ import annotations

from connectors.imports import import_whole
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason


def import_for(cloud: str, extra: str, *names: str) -> None:
    """Import a cloud's library. Raises Unobtainable where it is not installed."""
    try:
        import_whole(*names)
    except ImportError as error:
        message = f"Signing in to {cloud} needs a library that is not installed here."
        raise Unobtainable(
            GapReason.REFUSED, message, f'Install it beside the app: pip install "morning-vistas[{extra}]".'
        ) from error


def no_credentials(cloud: str, hint: str) -> Unobtainable:
    return Unobtainable(GapReason.REFUSED, f"There are no credentials for {cloud} here.", hint)


def not_signed_in(cloud: str, error: BaseException, hint: str) -> Unobtainable:
    message = f"{cloud} did not sign us in ({type(error).__name__})."
    return Unobtainable(GapReason.REFUSED, message, hint)


def sign_in_unreachable(cloud: str, hint: str) -> Unobtainable:
    return Unobtainable(GapReason.UNREACHABLE, f"Whatever signs us in to {cloud} cannot be reached.", hint)
