"""People: their names, isolated from the text around them, their faces, and the seats that are free."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.ui.people_marks import initials, tint
from folkmoot.ui.tags.library import one_of, register, trimmed

SIZES = ("", "small", "large")


def name_of(person: Any) -> str:
    """The name of a person, or of whatever was given as one; some words where nobody is left to name."""
    if person is None:
        return _("someone who has left")
    return str(getattr(person, "name", person)) or _("someone without a name")


@register.simple_tag
def person_name(person: Any, href: str = "") -> SafeString:
    """A name as its owner writes it; its direction does not spill into the sentence."""
    name = format_html("<bdi>{}</bdi>", name_of(person))
    return format_html('<a href="{}">{}</a>', href, name) if href else name


def _face(person: Any, size: str = "") -> SafeString:
    if person is None:
        return mark_safe('<span class="face face-more" aria-hidden="true">–</span>')
    key = getattr(person, "pk", None)
    return format_html(
        '<span class="face face-{}{}" aria-hidden="true">{}</span>',
        tint(key if key is not None else name_of(person)),
        f" face-{size}" if size else "",
        initials(name_of(person)),
    )


@register.simple_tag
def face(person: Any, size: str = "") -> SafeString:
    """Someone's initials on their tint, for the eye only: their name stands beside it. `size`: small or large."""
    return _face(person, one_of(size, SIZES, "the size of a face"))


SEAT = mark_safe('<span class="face face-seat" aria-hidden="true">+</span>')


@register.simple_tag
def free_seat() -> SafeString:
    """The dashed circle of a seat that is free, for the eye only."""
    return SEAT


@register.simple_tag
def faces(people: Iterable[Any], *, most: int = 6, count: int | None = None, free: int = 0) -> SafeString:
    """A row of faces, read out as names. `count` is how many there are in all if `people` holds only some."""
    everyone = list(people)
    shown = everyone[:most]
    more = max(len(everyone) if count is None else count, len(shown)) - len(shown)
    if not shown and not more and not free:
        return mark_safe("")
    words = [name_of(person) for person in shown]
    if more:
        words.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    if free:
        words.append(ngettext("a free seat", "%(count)d free seats", free) % {"count": free})
    return format_html(
        '<div class="faces" role="img" aria-label="{}">{}{}{}</div>',
        ", ".join(words),
        format_html_join("", "{}", ((_face(person),) for person in shown)),
        format_html('<span class="face face-more">+{}</span>', more) if more else "",
        SEAT if free else "",
    )


@register.simple_block_tag
def person_line(content: str, person: Any, href: str = "") -> SafeString:
    """Someone in a list: face, name and, inside the block, a small note."""
    note = trimmed(content)
    return format_html(
        '<div class="person">{}<span>{}{}</span></div>',
        _face(person),
        person_name(person, href),
        format_html('<span class="person-note">{}</span>', note) if note else "",
    )


@register.simple_block_tag
def free_seat_line(content: str, words: str = "") -> SafeString:
    """A seat that is free, in a list of people, with a small note inside the block."""
    note = trimmed(content)
    return format_html(
        '<div class="person">{}<span>{}{}</span></div>',
        SEAT,
        words or _("A seat is free"),
        format_html('<span class="person-note">{}</span>', note) if note else "",
    )
