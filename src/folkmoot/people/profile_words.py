"""Lines and links of a profile: what is kept of them, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing

LONGEST_ABOUT = 1000
LONGEST_LABEL = 80
LONGEST_URL = 500
MOST_LINKS = 8
MOST_LANGUAGES = 8
_is_web_address = URLValidator(schemes=["https"])


@dataclass(frozen=True)
class Link:
    """A link with its words; without words it is shown by where it leads."""

    url: str
    label: str = ""


def clean_line(text: str, longest: int) -> str:
    """One line, see `kit.naming`; empty where nothing could be seen of it. Refused `invalid` when it is too long."""
    kept = plain_name(text)
    if len(kept) > longest:
        raise Refused(_("Please say it in %(count)d characters at most.") % {"count": longest}, code="invalid")
    return "" if shows_nothing(kept) else kept


def clean_link(link: Link) -> Link:
    """The link with words for it; Refused `invalid` for all but https:// and mailto: addresses."""
    url = link.url.strip()
    scheme, _colon, rest = url.partition(":")
    try:
        if len(url) > LONGEST_URL or any(c.isspace() or not c.isprintable() for c in url):
            raise ValidationError("too long, or not in one piece")
        if scheme.lower() == "mailto":
            validate_email(rest)
            url, place = f"mailto:{rest}", rest
        else:
            _is_web_address(url)
            parts = urlsplit(url)
            if parts.username or parts.password:
                raise ValidationError("names a user")
            place = parts.hostname or ""
    except (ValidationError, ValueError):
        raise Refused(
            _("“%(url)s” cannot be linked to: a link begins with https:// or mailto:.") % {"url": url[:80]},
            code="invalid",
        ) from None
    return Link(url, clean_line(link.label, LONGEST_LABEL) or place)
