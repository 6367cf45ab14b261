"""The encoded polyline format, read letter by letter: what the vectorised reader is held to."""

from __future__ import annotations


def decode(code: str) -> list[tuple[float, float]]:
    """Turn a delta-coded string into (lon, lat) pairs in degrees, three decimals."""
    numbers, value, shift = [], 0, 0
    for byte in code.encode("ascii"):
        bits = byte - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value, shift = 0, 0
    pairs, x, y = [], 0, 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        pairs.append((x / 1000, y / 1000))
    return pairs
