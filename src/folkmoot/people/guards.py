"""Guards of forms that anybody may send: a trap for machines, a moment's patience, and limits by network.

No puzzles, no scripts, nobody else is asked. A public form inherits from `GuardedForm` and its view asks `limited`.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TRAP = "homepage"
STAMP = "opened"
# Set on a request that a trapped machine sent: nothing is written or mailed in its course.
PRETENDED = "_folkmoot_pretended"
QUICKEST = 2.0
LONGEST = 60 * 60 * 24
PERIODS = {"m": 60, "h": 3600, "d": 86400}


def client_address(request: HttpRequest) -> str:
    """The address a request comes from, behind our own proxies; PermissionDenied when it has none."""
    address: str = get_adapter(request).get_client_ip(request)
    return address


def plain_address(address: str) -> str:
    """An address as it is counted: an IPv4 address in IPv6 clothes is IPv4."""
    parsed = ipaddress.ip_address(address)
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return str(mapped or parsed)


def network(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 of an IPv6 address, which one household holds whole."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False))


def limited(request: HttpRequest, what: str, rate: str, *, about: str = "") -> bool:
    """Count one more try of `what`, and say whether that is too often.

    `rate` is a number in a minute, hour or day ("20/m"). Counted by the sender's network, or by what it is `about`
    (an account) where that is given. Where the counts cannot be kept, the error of the cache goes through: closed.
    """
    most, period = rate.split("/")
    seconds = PERIODS[period]
    subject = ("about", about) if about else ("from", network(client_address(request)))
    key = f"limit:{hashlib.sha256(repr((what, *subject)).encode()).hexdigest()}:{int(time.time() // seconds)}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > int(most)
    except ValueError:  # it ended between the two calls
        cache.set(key, 1, seconds)
        return False


def stamp(at: float | None = None) -> str:
    """A signed note of when a form was opened (now by default, in seconds since 1970)."""
    return signing.dumps(at if at is not None else time.time(), salt="folkmoot.form")


class TrapInput(forms.TextInput):
    """A field that people neither see, hear nor reach, and that machines fill in."""

    is_hidden = True  # so that it gets no label of its own

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return format_html(
            '<div class="sr-only" aria-hidden="true"><label for="id_{0}">{1}</label>'
            '<input type="text" id="id_{0}" name="{0}" tabindex="-1" autocomplete="off"></div>',
            name,
            _("Please leave this empty"),
        )


class GuardedForm(forms.Form):
    """A form with the trap and the stamp. `trapped` is True after validation where a machine filled in the trap.

    A form that is sent too quickly, or whose stamp is missing or older than a day, is shown once more with
    everything still in it and a fresh stamp.
    """

    homepage = forms.CharField(required=False, widget=TrapInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    too_quick_words = gettext_lazy("That was very quick. Please look at it once more and send it again.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trapped = self.too_quick = False
        self.initial[STAMP] = stamp()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.trapped = bool(cleaned.get(TRAP))
        self.too_quick = not self.trapped and not self._was_open_long_enough(str(cleaned.get(STAMP, "")))
        if self.too_quick:
            self._stamp_anew()
            self.add_error(None, forms.ValidationError(self.too_quick_words, code="too_quick"))
        return cleaned

    def _was_open_long_enough(self, given: str) -> bool:
        try:
            opened = float(signing.loads(given, salt="folkmoot.form"))
        except (signing.BadSignature, ValueError, TypeError):
            return False
        return QUICKEST <= time.time() - opened <= LONGEST

    def _stamp_anew(self) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict
        data[self.add_prefix(STAMP)] = stamp()
        self.data = data
