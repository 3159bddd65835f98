"""Asking a server elsewhere for one document, at an address that somebody typed in.

Such an address may try to reach what only this machine can reach (server-side request forgery, OWASP ASVS 5.0.0 1.3.6).
So the connection itself is guarded: the name is looked up once, every answer must be an address that the whole
Internet can reach, and the connection goes to that very answer. A name that changes its mind between the check and the
call (DNS rebinding), a redirect, or an address written as one number gains nothing. Time and size are bounded.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore

from folkmoot.kit.errors import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Lookup = Callable[[str, int], Sequence[str]]
Headers = list[tuple[bytes | str, bytes | str]]

LONGEST_ADDRESS: Final = 2_000
MOST_REDIRECTS: Final = 3
PATIENCE: Final = 15.0
"""Seconds for everything together."""
AT_ONCE: Final = 5.0
"""Seconds for any single step: connecting, or waiting for the next piece."""
# What stands in a path or query as it is, with what has been encoded already.
_KEPT: Final = "/:@!$&'()*+,;=~-._%?"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# Addresses of IPv6 that carry one of IPv4 within: RFC 6052 and RFC 3056.
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_6TO4: Final = ipaddress.IPv6Network("2002::/16")


@dataclass(frozen=True)
class Fetched:
    """What came back: `status` 200 with `content`, or 304 without, when it is what was there before."""

    status: int
    content: bytes
    etag: str = ""
    last_modified: str = ""


def checked_address(text: str) -> str:
    """A web address as it will be asked for; `webcal:` means https. Refused `bad_address` with the reason.

    Only http and https, without a name and password in it. Whether it may be reached is told at the connection.
    """
    text = text.strip()
    if len(text) > LONGEST_ADDRESS or not text.isprintable() or any(c.isspace() for c in text):
        raise _bad("This is no web address.")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        # In the letters of the name system (RFC 3490), and in brackets where it is an address of IPv6.
        server = f"[{host}]" if host and ":" in host else (host or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise _bad("This is no web address.") from None
    scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme.lower(), parts.scheme.lower())
    if scheme not in ("http", "https") or not host or port == 0:
        raise _bad("A web address begins with https:// or http:// and names a server.")
    if parts.username is not None or parts.password is not None:
        raise _bad("A web address must not hold a name and password.")
    server = server if port is None else f"{server}:{port}"
    return urlunsplit((scheme, server, quote(parts.path or "/", safe=_KEPT), quote(parts.query, safe=_KEPT), ""))


def is_public(address: Address) -> bool:
    """Whether the whole Internet can reach an address: not this machine, not its networks, not a special range."""
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped or (address.sixtofour if address in _6TO4 else None)
        if within is None and address in _NAT64:
            within = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if within is not None:
            return is_public(within)
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def looked_up(host: str, port: int) -> Sequence[str]:
    """What the system's resolver answers, as addresses in text."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Guarded(httpcore.SyncBackend):
    """Connects only to addresses that everyone can reach, and to those in `also` networks."""

    def __init__(self, also: Iterable[Network] = (), lookup: Lookup = looked_up) -> None:
        self.also = tuple(also)
        self.lookup = lookup

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return super().connect_tcp(self.allowed(host, port), port, timeout, local_address, socket_options)

    def allowed(self, host: str, port: int) -> str:
        """The address to connect to. One forbidden answer among good ones is one too many."""
        try:
            found = [ipaddress.ip_address(text.partition("%")[0]) for text in self.lookup(host, port)]
        except (OSError, UnicodeError, ValueError):
            found = []
        if not found:
            raise Refused(f"There is no server called {host[:100]}.", code="no_such_server")
        if not all(self.may_reach(address) for address in found):
            raise Refused(
                f"{host[:100]} is an address inside a private network, which Folkmoot does not ask.",
                code="private_address",
            )
        return str(found[0])

    def may_reach(self, address: Address) -> bool:
        if is_public(address):
            return True
        return any(address.version == network.version and address in network for network in self.also)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise Refused("Folkmoot asks no sockets of this machine.", code="private_address")


def fetch(
    address: str,
    *,
    most_bytes: int,
    accept: str = "*/*",
    agent: str = "Folkmoot",
    etag: str = "",
    last_modified: str = "",
    guard: Guarded | None = None,
    patience: float = PATIENCE,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """Get one document of at most `most_bytes`, following a few redirects.

    `etag` and `last_modified` are those of the last time; 304 then says that nothing changed. What the other server
    says is never part of the message. Refused, with the reason in a sentence: `bad_address`, `no_such_server`,
    `private_address`, `unreachable`, `too_slow`, `too_large`, `bad_answer` (with `status`).
    """
    until = time.monotonic() + patience
    wanted = {
        "Accept": accept,
        "User-Agent": agent,
        "Accept-Encoding": "identity",
        "If-None-Match": etag,
        "If-Modified-Since": last_modified,
    }
    headers: Headers = [(name, value) for name, value in wanted.items() if value]
    with httpcore.ConnectionPool(network_backend=guard or Guarded(), ssl_context=tls, max_connections=1) as pool:
        for _hop in range(MOST_REDIRECTS + 1):
            address = checked_address(address)
            found = _asked(pool, address, headers, most_bytes, until)
            if isinstance(found, Fetched):
                return found
            onward = checked_address(urljoin(address, found))
            if address.startswith("https:") and not onward.startswith("https:"):
                raise Refused("The server sends us on to an address without encryption.", code="bad_answer")
            address = onward
    raise Refused("The server sends us on again and again.", code="bad_answer")


def _asked(
    pool: httpcore.ConnectionPool,
    address: str,
    headers: list[tuple[bytes | str, bytes | str]],
    most_bytes: int,
    until: float,
) -> Fetched | str:
    """What one address answers, or the address to which it sends us on."""
    step = min(AT_ONCE, max(0.1, until - time.monotonic()))
    timeouts = {"connect": step, "read": step, "write": step, "pool": step}
    try:
        with pool.stream("GET", address, headers=headers, extensions={"timeout": timeouts}) as answer:
            told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
            if answer.status in _REDIRECTS and told.get("location"):
                return told["location"]
            if answer.status == 304:
                return Fetched(304, b"", told.get("etag", "")[:200], told.get("last-modified", "")[:100])
            if answer.status != 200:
                raise Refused(
                    f"The server answers with status {answer.status}.", code="bad_answer", status=answer.status
                )
            content = _read(answer, most_bytes, until)
            return Fetched(200, content, told.get("etag", "")[:200], told.get("last-modified", "")[:100])
    except httpcore.TimeoutException:
        raise _too_slow() from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, ssl.SSLError):
        raise Refused("The server cannot be reached.", code="unreachable") from None


def _read(answer: httpcore.Response, most_bytes: int, until: float) -> bytes:
    content = bytearray()
    for piece in answer.iter_stream():
        content += piece
        if len(content) > most_bytes:
            raise Refused(f"The document is larger than {most_bytes // 1024} KB.", code="too_large")
        # A server that sends a byte now and then would keep every single step short.
        if time.monotonic() > until:
            raise _too_slow()
    return bytes(content)


def _too_slow() -> Refused:
    return Refused("The server takes too long to answer.", code="too_slow")


def _bad(words: str) -> Refused:
    return Refused(words, code="bad_address")
