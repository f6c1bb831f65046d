"""An image's name, short enough to read in a table and long enough to tell versions apart."""

from __future__ import annotations

from collections.abc import Iterable

from connectors.kubernetes.objects import Object, text

LONG_TAG = 20
SHORT = 12
"""How much of a digest, or of a tag that is a commit's hash, is shown."""


def short_image(image: str) -> str:
    """`registry.k8s.io/ingress-nginx/controller:v1.9.4@sha256:…` becomes `ingress-nginx/controller:v1.9.4`."""
    named, _, digest = image.partition("@")
    path = named.split("/")
    if len(path) > 1 and (path[0] == "localhost" or "." in path[0] or ":" in path[0]):
        path = path[1:]
    if len(path) > 1 and path[0] == "library":
        path = path[1:]
    name, colon, tag = "/".join(path).partition(":")
    if len(tag) > LONG_TAG and all(letter in "0123456789abcdef" for letter in tag):
        tag = tag[:SHORT]
    if digest and not tag:
        return f"{name}@{digest.removeprefix('sha256:')[:SHORT]}"
    return f"{name}{colon}{tag}"


def images(containers: Iterable[Object]) -> list[str]:
    """Each image once, in the containers' order."""
    return list(dict.fromkeys(short_image(text(one, "image")) for one in containers if text(one, "image")))
