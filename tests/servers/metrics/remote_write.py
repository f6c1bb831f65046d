"""Samples in Prometheus' remote-write form: a protobuf `WriteRequest` in a snappy block.

Written from the format's public description (prometheus/prometheus `prompb/remote.proto`,
google/snappy `format_description.txt`). The block holds literals only, which every reader accepts.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STALE = struct.unpack("<d", struct.pack("<Q", 0x7FF0000000000002))[0]
"""The value that ends a series: Prometheus' staleness marker."""
LONGEST_LITERAL = 65_536


@dataclass(frozen=True)
class Series:
    """One series: its labels, `__name__` among them, and samples as (Unix seconds, value)."""

    labels: Mapping[str, str]
    samples: Iterable[tuple[float, float]]


def encode(series: Iterable[Series]) -> bytes:
    """The body of one remote-write request."""
    return snappy(b"".join(_field(1, _time_series(one)) for one in series))


def snappy(data: bytes) -> bytes:
    """A snappy block that stores the data as it is."""
    parts = [_varint(len(data))]
    for start in range(0, len(data), LONGEST_LITERAL):
        literal = data[start : start + LONGEST_LITERAL]
        parts += [b"\xf4", struct.pack("<H", len(literal) - 1), literal]
    return b"".join(parts)


def _time_series(series: Series) -> bytes:
    labels = [_field(1, key.encode()) + _field(2, value.encode()) for key, value in sorted(series.labels.items())]
    samples = [_sample(at, value) for at, value in series.samples]
    return b"".join([*(_field(1, label) for label in labels), *(_field(2, sample) for sample in samples)])


def _sample(at: float, value: float) -> bytes:
    return b"\x09" + struct.pack("<d", value) + b"\x10" + _varint(round(at * 1000))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)
