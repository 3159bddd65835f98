"""Typed readers of environment variables; the only place where the environment is read.

Every reader registers its variable, so that the reference page can be checked against the code.
A wrong value raises `BadSetting`, whose text names the variable and says what was expected; each entrance
prints that one line and stops. A secret may be given as `NAME_FILE`, the path of a file that holds it.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class BadSetting(Exception):
    """A setting from the environment cannot be used; the text is one line that names it."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name


@dataclass(frozen=True)
class Variable:
    """One variable of the environment as the reference page lists it."""

    name: str
    kind: str
    default: str
    meaning: str


VARIABLES: dict[str, Variable] = {}


def _raw(name: str, kind: str, default: str, meaning: str) -> str | None:
    VARIABLES[name] = Variable(name, kind, default, meaning)
    value = os.environ.get(name)
    return value.strip() if value is not None and value.strip() else None


def text(name: str, default: str, meaning: str) -> str:
    """A text; an empty value counts as unset."""
    return _raw(name, "text", default, meaning) or default


def boolean(name: str, default: bool, meaning: str) -> bool:
    """One of 1, true, yes, on or 0, false, no, off."""
    value = _raw(name, "yes or no", "1" if default else "0", meaning)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise BadSetting(name, f"“{value}” is neither yes nor no; write 1 or 0.")


def integer(name: str, default: int, meaning: str, *, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    value = _raw(name, f"whole number, {least} to {most}", str(default), meaning)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value[:12]) <= most:
        raise BadSetting(name, f"“{value}” is not a whole number from {least} to {most}.")
    return int(value)


def choice(name: str, options: Sequence[str], default: str, meaning: str) -> str:
    """One of `options`, in lower case."""
    value = (_raw(name, "one of " + ", ".join(options), default, meaning) or default).lower()
    if value not in options:
        raise BadSetting(name, f"“{value}” is not one of {', '.join(options)}.")
    return value


def path(name: str, default: str, meaning: str, *, shown: str = "") -> Path:
    """A path, absolute after reading; `~` is the home folder. `shown` stands for a default that depends on others."""
    return Path(_raw(name, "path", shown or default, meaning) or default).expanduser().absolute()


def optional_path(name: str, meaning: str) -> Path | None:
    """A path as in `path`; None when unset."""
    value = _raw(name, "path", "", meaning)
    return Path(value).expanduser().absolute() if value else None


def mail_address(name: str, meaning: str) -> str:
    """A plain mail address whose local part leaves room for a signed tag of 40 characters; empty when unset."""
    value = _raw(name, "name@host", "", meaning)
    if value is None:
        return ""
    if not re.fullmatch(r"[A-Za-z0-9._=-]{1,20}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", value):
        raise BadSetting(
            name, f"“{value}” is not a plain address such as bounces@example.org, at most 20 before the @."
        )
    return value


def words(name: str, default: Sequence[str], meaning: str) -> list[str]:
    """Words parted by commas."""
    value = _raw(name, "words parted by commas", ",".join(default), meaning)
    return list(default) if value is None else [word.strip() for word in value.split(",") if word.strip()]


def networks(name: str, meaning: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Networks parted by commas, such as 10.0.0.0/8."""
    found = []
    for word in words(name, (), meaning):
        try:
            found.append(ipaddress.ip_network(word, strict=False))
        except ValueError:
            raise BadSetting(name, f"“{word}” is not a network such as 10.0.0.0/8.") from None
    return found


def secret(name: str, meaning: str) -> str | None:
    """A secret from `NAME`, or from the file that `NAME_FILE` names; None when neither is set."""
    value = _raw(name, f"secret (or {name}_FILE, a path)", "", meaning)
    file = os.environ.get(f"{name}_FILE", "").strip()
    if value and file:
        raise BadSetting(name, f"set either {name} or {name}_FILE, not both.")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSetting(f"{name}_FILE", f"{file} cannot be read: {error}.") from None
    return value


def web_address(name: str, default: str, meaning: str) -> str:
    """An http or https address without a path, no slash at its end."""
    value = _raw(name, "http(s)://host[:port]", default, meaning) or default
    parts = _split(name, value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise BadSetting(name, f"“{value}” is not an address such as https://groups.example.org.")
    return f"{parts.scheme}://{parts.netloc}"


def issuer(name: str, meaning: str) -> str | None:
    """The https address of an OpenID Connect issuer, which may have a path; plain http only on this machine."""
    value = _raw(name, "https address", "", meaning)
    if value is None:
        return None
    parts = _split(name, value)
    here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or parts.query or not (parts.scheme == "https" or (parts.scheme == "http" and here)):
        raise BadSetting(name, f"“{value}” is not an address such as https://login.example.org.")
    return value.rstrip("/")


@dataclass(frozen=True)
class ProviderKeys:
    """What a sign-in provider gave this installation to show that it is itself."""

    client_id: str
    secret: str


def provider_keys(prefix: str, label: str, **more: str | None) -> ProviderKeys | None:
    """`PREFIX_CLIENT_ID` and `PREFIX_SECRET` (or `PREFIX_SECRET_FILE`), both or neither.

    `more` are further variables that belong to them, by the end of their name, as they were read.
    """
    id_name, secret_name = f"{prefix}_CLIENT_ID", f"{prefix}_SECRET"
    client_id = text(id_name, "", f"Client id for signing in with {label}; on when all of them are set.")
    given = secret(secret_name, f"Client secret for signing in with {label}.")
    parts = {id_name: client_id, secret_name: given, **{f"{prefix}_{end}": value for end, value in more.items()}}
    missing = [name for name, value in parts.items() if not value]
    if len(missing) == len(parts):
        return None
    if missing or not given:
        raise BadSetting(missing[0], f"this is missing for signing in with {label}; set it, or none of {prefix}_….")
    return ProviderKeys(client_id, given)


def database(name: str, default: Path, meaning: str) -> dict[str, object]:
    """Django's description of the database at a URL: `postgresql://…` or `sqlite:///path`.

    For PostgreSQL, `?host=/folder` names a socket folder and other parameters go to libpq.
    """
    value = secret(name, meaning)
    if value is None:
        return _sqlite(default)
    parts = _split(name, value)
    if parts.scheme == "sqlite":
        if len(parts.path) < 2:
            raise BadSetting(name, "a SQLite address names a file, such as sqlite:////srv/folkmoot/folkmoot.sqlite3.")
        return _sqlite(Path(unquote(parts.path[1:])).expanduser().absolute())
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadSetting(name, f"“{parts.scheme}” is not known here; write postgresql://… or sqlite:///….")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "") or unquote(parts.hostname or ""))
    if not parts.path.strip("/"):
        raise BadSetting(name, "the name of the database is missing at the end of the address.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(_port(name, parts) or options.pop("port", "")),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # Opening the file and setting it up again costs more than most pages' queries.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A deferred transaction that turns into a writer fails at once when another holds the lock.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000; "
            # What is erased must not linger in the file until its page is used again.
            "PRAGMA secure_delete=ON;",
        },
    }


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; `security` is plain, starttls or tls."""

    host: str
    port: int
    user: str
    password: str
    security: str


def mail_server(name: str, meaning: str) -> MailServer | None:
    """`smtp://`, `smtp+starttls://` or `smtps://` with user, password, host and port; None when unset."""
    value = secret(name, meaning)
    if value is None:
        return None
    parts = _split(name, value)
    kinds = {"smtp": ("plain", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
    if parts.scheme not in kinds or not parts.hostname:
        raise BadSetting(name, "write smtp://host:25, smtp+starttls://user:password@host:587 or smtps://…:465.")
    security, port = kinds[parts.scheme]
    return MailServer(
        host=parts.hostname,
        port=_port(name, parts) or port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
    )


@dataclass(frozen=True)
class MailBox:
    """Where mail that arrives is fetched by IMAP; without `tls` only on this machine."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    tls: bool


HOW_A_MAIL_BOX_IS_WRITTEN = (
    "write imaps://user:password@host:993/folder; in user and password all but letters and digits is "
    "percent-encoded, such as %40 for @."
)


def mail_box(name: str, meaning: str) -> MailBox | None:
    """`imaps://user:password@host[:993][/INBOX]`, or `imap://` to this machine; no error ever shows the value."""
    value = secret(name, meaning)
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise BadSetting(name, HOW_A_MAIL_BOX_IS_WRITTEN) from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if parts.scheme not in ("imaps", "imap") or not parts.hostname or parts.query or parts.fragment:
        raise BadSetting(name, HOW_A_MAIL_BOX_IS_WRITTEN)
    if parts.scheme == "imap" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise BadSetting(name, "imap:// would send the password in the clear; write imaps://.")
    if not user or not password:
        raise BadSetting(name, f"the user or the password is missing; {HOW_A_MAIL_BOX_IS_WRITTEN}")
    if not (user + password).isprintable():
        raise BadSetting(name, "user and password cannot hold line breaks and other control characters.")
    if not folder.isascii() or not folder.isprintable():
        raise BadSetting(name, "the folder has letters beyond ASCII; write its name as IMAP does (modified UTF-7).")
    return MailBox(
        host=parts.hostname,
        port=port or (993 if parts.scheme == "imaps" else 143),
        user=user,
        password=password,
        folder=folder,
        tls=parts.scheme == "imaps",
    )


def _split(name: str, value: str) -> SplitResult:
    try:
        return urlsplit(value)
    except ValueError as error:
        raise BadSetting(name, f"this is not an address: {error}.") from None


def _port(name: str, parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise BadSetting(name, "the port is not a number from 1 to 65535.") from None
