"""Envelopes: one ballot of one contest, sealed for officers of whom `needed` together can open it.

    {"format":"folkmoot-envelope-1","contest":…,"iv":…,"content":…,"shares":[…]}

as JSON without blanks, in this order, so that an envelope has one text and one receipt, the SHA-256 of its UTF-8 bytes.
`contest` is the hash of what was frozen when voting opened, in base64url: a ballot that was sealed for another
election, other candidates or other officers does not open here. `content` is the ranking under a fresh key of
AES-256-GCM, `iv` its nonce. `shares` are the shares of that key (`sharing`), one for each officer in the frozen order,
each a compact JWE (RFC 7516) by ECDH-ES+A256KW on P-256 with A256GCM, whose `kid` is the thumbprint of the officer's
key (RFC 7638).

A ranking is one byte for each candidate in the frozen order: 0 for no opinion, else the rank. So all envelopes of a
contest are of one length.
"""

from __future__ import annotations

import binascii
import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from folkmoot.governance.domain.sealed.sharing import combine, split
from folkmoot.kit.errors import Refused

FORMAT: Final = "folkmoot-envelope-1"
ALGORITHMS: Final = ("ECDH-ES+A256KW", "A256GCM")
MOST_CANDIDATES: Final = 200
KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
LONGEST: Final = 64 * 1024
NO_OPINION: Final = 0

Key = Mapping[str, Any]
"""A key of P-256 as a JWK: public, or with `d` private."""


@dataclass(frozen=True)
class Sealing:
    """What ballots are sealed for: the hash of what was frozen, the officers' public keys, how many open."""

    contest: bytes
    officers: tuple[Key, ...]
    needed: int
    candidates: int

    @cached_property
    def fingerprints(self) -> tuple[str, ...]:
        """The thumbprints of the officers' keys, in the frozen order."""
        return tuple(fingerprint(officer) for officer in self.officers)


@dataclass(frozen=True)
class Envelope:
    """A sealed ballot as it was read: its text, and its parts."""

    text: str
    iv: bytes
    content: bytes
    shares: tuple[str, ...]

    @property
    def receipt(self) -> str:
        """SHA-256 of the envelope in hexadecimal: by it a voter finds it among those that were accepted."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def fingerprint(key: Key) -> str:
    """The thumbprint of a public key: SHA-256 of its needed members in order (RFC 7638), in base64url."""
    return str(ECKey.import_key(dict(public_of(key))).thumbprint())


def spoken(print_of_key: str) -> str:
    """A fingerprint to be read aloud: the first 80 bits of it in groups of four hexadecimal digits."""
    digits = from_text(print_of_key).hex()[:20].upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def new_key() -> dict[str, Any]:
    """A private key of P-256 as a JWK, for tests and for officers at the command line."""
    return dict(ECKey.generate_key("P-256", private=True).as_dict(private=True))


def pack(ranks: Sequence[int]) -> bytes:
    """A ranking as bytes: for each candidate the rank from 1, or 0 for no opinion. ValueError for what is no rank."""
    if not 1 <= len(ranks) <= MOST_CANDIDATES:
        raise ValueError(f"A ballot has 1 to {MOST_CANDIDATES} candidates.")
    if not all(NO_OPINION <= rank <= len(ranks) for rank in ranks):
        raise ValueError("A rank lies between 1 and the number of candidates.")
    return bytes(ranks)


def unpack(content: bytes, candidates: int) -> tuple[int, ...]:
    """The ranking that `pack` wrote. Refused where it is none for so many candidates."""
    if len(content) != candidates or any(rank > candidates for rank in content):
        raise Refused("The envelope holds no ranking of these candidates.", code="no_ranking")
    return tuple(content)


def seal(ranks: Sequence[int], sealing: Sealing) -> Envelope:
    """A ballot in its envelope; twice the same ranking gives two unlike envelopes of the same length."""
    if len(ranks) != sealing.candidates:
        raise ValueError("The ballot has another number of candidates.")
    key, iv = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
    content = AESGCM(key).encrypt(iv, pack(ranks), sealing.contest)
    shares = split(key, shares=len(sealing.officers), needed=sealing.needed)
    return _written(
        sealing.contest,
        iv,
        content,
        [seal_for(share, officer) for share, officer in zip(shares, sealing.officers, strict=True)],
    )


def seal_for(data: bytes, officer: Key) -> str:
    """Bytes as a compact JWE to a public key; what else stands in the key stays out of it."""
    key = ECKey.import_key(dict(public_of(officer)))
    header = {"alg": ALGORITHMS[0], "enc": ALGORITHMS[1], "kid": key.thumbprint()}
    return jwe.encrypt_compact(header, data, key, algorithms=list(ALGORITHMS))


def unseal(sealed: str, key: Key) -> bytes:
    """What `seal_for` sealed to this private key; ValueError for anything else, however it was made up."""
    try:
        found = jwe.decrypt_compact(sealed, ECKey.import_key(dict(key)), list(ALGORITHMS))
    except (JoseError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        # The library looks into parts of a header that may hold anything, such as curves that there are not.
        raise ValueError("It does not open with this key.") from None
    return found.plaintext or b""


def read_envelope(text: str, sealing: Sealing) -> Envelope:
    """An envelope that was handed in, looked at from outside: its one way of being written, its parts and lengths.

    That it can be opened is seen at the opening alone; whoever hands in another one harms their own vote only.
    Refused: `too_long`, `not_an_envelope`, `other_contest`, `other_officers`.
    """
    if len(text) > LONGEST:
        raise Refused("The envelope is too long.", code="too_long")
    try:
        parts = json.loads(text)
        iv, content = from_text(parts["iv"]), from_text(parts["content"])
        contest, shares = from_text(parts["contest"]), tuple(parts["shares"])
        envelope = _written(contest, iv, content, shares)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused("This is no sealed ballot.", code="not_an_envelope") from None
    if contest != sealing.contest:
        raise Refused("The ballot was sealed for something else.", code="other_contest")
    if _kids(shares) != sealing.fingerprints:
        raise Refused("The ballot was sealed for other officers.", code="other_officers")
    fits = len(iv) == NONCE_BYTES and len(content) == sealing.candidates + TAG_BYTES
    if not fits or envelope.text != text or parts.get("format") != FORMAT:
        raise Refused("This is no sealed ballot.", code="not_an_envelope")
    return envelope


def _kids(shares: Sequence[str]) -> tuple[str, ...]:
    """For whom each share is wrapped, by its own header, which must be the very one that `seal` writes."""
    found = []
    for share in shares:
        try:
            header = json.loads(from_text(share.split(".")[0]))
            sound = (header["alg"], header["enc"]) == ALGORITHMS and share.count(".") == 4
            found.append(str(header["kid"]) if sound else "")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            found.append("")
    return tuple(found)


def open_share(envelope: Envelope, place: int, officer: Key) -> bytes:
    """One officer's share of an envelope's key; `place` is the officer's from 0 in the frozen order.

    The share ends with its place on the polynomial, from 1, which need not be the officer's. Refused
    `share_does_not_open` where it was wrapped for another key, or damaged.
    """
    try:
        share = unseal(envelope.shares[place], officer)
    except (ValueError, IndexError):
        raise Refused("This share does not open with this key.", code="share_does_not_open") from None
    if len(share) != KEY_BYTES + 1 or not share[-1]:
        raise Refused("This share does not open with this key.", code="share_does_not_open")
    return share


def open_ballot(envelope: Envelope, shares: Sequence[bytes], sealing: Sealing) -> tuple[int, ...]:
    """The ranking in an envelope, by at least as many shares as are needed.

    Refused: `too_few_shares`; `does_not_open` where a share is wrong or the envelope was never sound; `no_ranking`.
    """
    if len({share[-1:] for share in shares}) < sealing.needed:
        raise Refused("There are too few shares to open the envelope.", code="too_few_shares")
    try:
        key = combine(list(shares)[: sealing.needed])
        content = AESGCM(key).decrypt(envelope.iv, envelope.content, sealing.contest)
    except (ValueError, InvalidTag):
        raise Refused("The envelope does not open with these shares.", code="does_not_open") from None
    return unpack(content, sealing.candidates)


def _written(contest: bytes, iv: bytes, content: bytes, shares: Sequence[str]) -> Envelope:
    if not all(isinstance(share, str) for share in shares):
        raise TypeError("A share is text.")
    parts = {
        "format": FORMAT,
        "contest": to_text(contest),
        "iv": to_text(iv),
        "content": to_text(content),
        "shares": list(shares),
    }
    return Envelope(json.dumps(parts, separators=(",", ":")), iv, content, tuple(shares))


def public_of(key: Key) -> dict[str, str]:
    """Only what a public key of P-256 has, in one order, whatever else stands in it."""
    return {"kty": "EC", "crv": "P-256", "x": str(key["x"]), "y": str(key["y"])}


def to_text(data: bytes) -> str:
    """Bytes in base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """Base64url without padding; ValueError for anything else."""
    if not isinstance(text, str) or not text.isascii():
        raise ValueError("No base64url.")
    try:
        found = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise ValueError("No base64url.") from None
    if to_text(found) != text:
        raise ValueError("No base64url.")
    return found
