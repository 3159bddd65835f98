"""A secret in n shares, of which any k give it back and fewer tell nothing (A. Shamir, How to Share a Secret, 1979).

Each byte is shared by itself, over the field of 256 elements with the polynomial of AES (x⁸+x⁴+x³+x+1), as in
draft-mcgrew-tss. A share is the bytes of its values followed by one byte for its place, 1 to 255, which is the layout
of the package `shamir-secret-sharing` too. A share carries no proof: a wrong one gives a wrong secret, which the sealed
content then refuses.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

MOST_SHARES = 255
Bytes = Callable[[int], bytes]
"""So many unforeseeable bytes."""


def _tables() -> tuple[list[int], list[int]]:
    """Powers of the generator 3, twice over so that no sum of logarithms leaves them, and their logarithms."""
    power, logarithm, value = [0] * 510, [0] * 256, 1
    for exponent in range(255):
        power[exponent] = power[exponent + 255] = value
        logarithm[value] = exponent
        doubled = value << 1 ^ (0x11B if value & 0x80 else 0)
        value ^= doubled
    return power, logarithm


POWER, LOGARITHM = _tables()


def times(left: int, right: int) -> int:
    """The product in the field."""
    return POWER[LOGARITHM[left] + LOGARITHM[right]] if left and right else 0


def split(secret: bytes, *, shares: int, needed: int, random: Bytes = secrets.token_bytes) -> list[bytes]:
    """`shares` shares of `secret`, each one byte longer than it, of which `needed` give it back.

    ValueError for an empty secret, or unless 1 ≤ needed ≤ shares ≤ 255.
    """
    if not secret:
        raise ValueError("There is no secret to share.")
    if not 1 <= needed <= shares <= MOST_SHARES:
        raise ValueError(f"{needed} of {shares} shares cannot be: 1 ≤ needed ≤ shares ≤ {MOST_SHARES}.")
    # The highest power first, the secret last, for each byte of it.
    coefficients = [random(len(secret)) for _ in range(needed - 1)] + [secret]
    return [_values(coefficients, place) + bytes([place]) for place in range(1, shares + 1)]


def _values(coefficients: Sequence[bytes], place: int) -> bytes:
    found = bytes(len(coefficients[0]))
    for row in coefficients:
        found = bytes(times(value, place) ^ more for value, more in zip(found, row, strict=True))
    return found


def combine(shares: Sequence[bytes]) -> bytes:
    """The secret of shares that are enough; with fewer, or a wrong one, some other bytes. Any order.

    ValueError for shares of unlike length, at the same place, or none.
    """
    if not shares or len({len(share) for share in shares}) != 1 or len(shares[0]) < 2:
        raise ValueError("Shares of one secret are of one length.")
    places = [share[-1] for share in shares]
    if len(set(places)) != len(places) or 0 in places:
        raise ValueError("Two shares are the same, or one has no place.")
    secret = bytes(len(shares[0]) - 1)
    for share, place in zip(shares, places, strict=True):
        weight = 1
        for other in places:
            if other != place:
                # Addition and subtraction are the same in this field.
                weight = times(weight, times(other, _inverse(other ^ place)))
        secret = bytes(sofar ^ times(weight, value) for sofar, value in zip(secret, share[:-1], strict=True))
    return secret


def _inverse(value: int) -> int:
    return POWER[255 - LOGARITHM[value]]
