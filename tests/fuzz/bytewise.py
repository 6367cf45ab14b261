"""Harm done to a finished file: bytes, pieces, cuts, encodings."""

from __future__ import annotations

from random import Random

from .words import ENCODINGS, PIECES


def hurt(content: bytes, rng: Random) -> tuple[bytes, str]:
    """Return the content with one harm, and what it is."""
    harm = rng.choice(HARMS)
    return harm(content, rng), harm.__name__.replace("_", " ")


def cut_short(content: bytes, rng: Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def flip_bits(content: bytes, rng: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 2, 8))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def overwrite(content: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    size = rng.choice((1, 2, 4, 8))
    piece = rng.choice(
        (b"\xff" * size, b"\x00" * size, b"\x7f" + b"\xff" * (size - 1), rng.randbytes(size))
    )
    return content[:at] + piece + content[at + size :]


def insert_a_piece(content: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.choice(PIECES) + content[at:]


def repeat_a_part(content: bytes, rng: Random) -> bytes:
    a, b = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[:b] + content[a:b] * rng.choice((1, 3)) + content[b:]


def drop_a_part(content: bytes, rng: Random) -> bytes:
    a, b = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[:a] + content[b:]


def recode(content: bytes, rng: Random) -> bytes:
    """Another encoding of the same text; binary files keep their bytes."""
    try:
        return content.decode().encode(rng.choice(ENCODINGS), errors="replace")
    except UnicodeDecodeError:
        return content


def end_lines_otherwise(content: bytes, rng: Random) -> bytes:
    return content.replace(b"\n", rng.choice((b"\r", b"\r\n", b"\n\n", b"\x0b", b"\xe2\x80\xa8")))


def append(content: bytes, rng: Random) -> bytes:
    return content + rng.choice((content, rng.choice(PIECES), rng.randbytes(64)))


HARMS = (cut_short, flip_bits, overwrite, insert_a_piece, repeat_a_part, drop_a_part, recode,
         end_lines_otherwise, append)  # fmt: skip
