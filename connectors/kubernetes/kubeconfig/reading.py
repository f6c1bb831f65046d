"""One kubeconfig file as entries; a mistake in it is told by its line or its key.

YAML's and JSON's own messages quote what stands in the file, so none of their words are used.
"""

from __future__ import annotations

import binascii
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from connectors.kubernetes.failures import unusable
from connectors.kubernetes.kubeconfig.entries import File

try:
    # As in Go, tabs may stand in JSON; the parser that is written in Python takes them for a mistake.
    from yaml import CSafeLoader as _SafeLoader
except ImportError:
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

_MISMATCH = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<got>[^`]*)`(?: - at `\$\.?(?P<place>[^`]*)`)?")
_WANTED = {"str": "text", "bool": "true or false", "array": "a list", "object": "a mapping"}


class _Loader(_SafeLoader):
    """YAML as Go reads it: a day and a time are text."""


def _as_text(_: _SafeLoader, node: Any) -> str:
    return str(node.value)


def _number(loader: _Loader, node: Any) -> Any:
    """YAML 1.1 takes `12:34` for a number in base 60."""
    return node.value if ":" in node.value else _SafeLoader.yaml_constructors[node.tag](loader, node)


def _yaml_bool(loader: _Loader, node: Any) -> Any:
    """YAML 1.1 takes `y` and `n` for truth values, and Go does."""
    if node.value in {"y", "Y", "n", "N"}:
        return node.value in {"y", "Y"}
    return _SafeLoader.yaml_constructors[node.tag](loader, node)


_CONSTRUCTED = {"timestamp": _as_text, "value": _as_text, "int": _number, "float": _number, "bool": _yaml_bool}
for _tag, _construct in _CONSTRUCTED.items():
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _construct)
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"[yYnN]\Z"), list("yYnN"))


def place_of(path: str) -> Path:
    """Where a kubeconfig is; `~` stands for a home, if there is one."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def is_there(path: str) -> bool:
    """Whether it is worth reading; why one that is there cannot be read is found out then."""
    try:
        place_of(path).stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


def read_file(path: str) -> File | None:
    """The file's entries; None where it is not there. Unobtainable where it is no kubeconfig."""
    try:
        body = place_of(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as failure:
        raise unusable(f"{path} cannot be read ({failure.strerror})") from None
    file = _entries(path, _first_document(path, body))
    for wrong in _mistakes(file):
        raise unusable(f"{path}: {wrong}")
    return file


def _first_document(path: str, body: bytes) -> Any:
    loader = _Loader(body)
    try:
        said = loader.get_data() if loader.check_data() else None  # type: ignore[no-untyped-call]
        return {} if said is None else _without_nulls(said)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "an unknown position"
        raise unusable(f"{path} is not YAML at {place}") from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise unusable(f"{path} is not YAML") from None
    finally:
        loader.dispose()


def _without_nulls(value: Any) -> Any:
    """As in Go, what is null is as if it were not there; in a list it is an entry without content."""
    if isinstance(value, dict):
        return {str(key): _without_nulls(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [{} if one is None else _without_nulls(one) for one in value]
    return value


def _entries(path: str, said: Any) -> File:
    try:
        return msgspec.convert(said, File)
    except msgspec.ValidationError as wrong:
        raise unusable(f"{path}: {_in_words(str(wrong))}") from None


def _in_words(mistake: str) -> str:
    found = _MISMATCH.match(mistake)
    if found is None:
        return "it does not look like a kubeconfig"
    wanted, place = found["wanted"].removesuffix(" | null"), found["place"]
    said = f"{place or 'the file'} must be {_WANTED.get(wanted, wanted)}"
    return f"{said}: put it in quotes" if wanted == "str" and found["got"] in {"int", "float", "bool"} else said


def _mistakes(file: File) -> Iterator[str]:
    if file.kind not in {"", "Config"} or file.api_version not in {"", "v1"}:
        yield "its kind and apiVersion are not Config and v1"
    named = {
        "clusters": [one.name for one in file.clusters],
        "users": [one.name for one in file.users],
        "contexts": [one.name for one in file.contexts],
    }
    for what, names in named.items():
        for name, times in Counter(names).items():
            if times > 1:
                yield f"{what} has {name!r} twice"
    for place, data in _data(file):
        if not _is_base64(data):
            yield f"{place} is not Base64"


def _data(file: File) -> Iterator[tuple[str, str]]:
    for number, cluster in enumerate(file.clusters):
        place = f"clusters[{number}].cluster.certificate-authority-data"
        yield place, cluster.cluster.certificate_authority_data
    for number, user in enumerate(file.users):
        yield f"users[{number}].user.client-certificate-data", user.user.client_certificate_data
        yield f"users[{number}].user.client-key-data", user.user.client_key_data


def _is_base64(data: str) -> bool:
    try:
        decoded(data)
    except ValueError:
        return False
    return True


def decoded(data: str) -> bytes:
    """What a `…-data` key holds. ValueError where it is not Base64; line ends do not matter."""
    return binascii.a2b_base64(data.replace("\n", "").replace("\r", ""), strict_mode=bool(data))
