"""The check before minutes are published: who could be recognised, over every channel that they go out by.

Each channel renders what it would publish, by the code by which it publishes, and all of it is searched. A room or
module that publishes minutes elsewhere enters its channel in `CHANNELS`; nothing goes out by one that is not in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from folkmoot.kit.registry import Registry
from folkmoot.meetings.domain.attribution import Hit, Known, find_mentions
from folkmoot.meetings.domain.html_words import words_of
from folkmoot.meetings.domain.published import PublicItem, PublicMinutes, PublicRevision, as_markdown
from folkmoot.meetings.minutes_reading import recognisable, would_be_public
from folkmoot.meetings.models import Clearing, Meeting, Minutes
from folkmoot.meetings.notices import MinutesArePublished
from folkmoot.notices.actions.telling import words
from folkmoot.notices.mails import whole
from folkmoot.plan.rendering import rendered
from folkmoot.ui import times
from folkmoot.ui.slots import Label


@dataclass(frozen=True)
class Channel:
    """A way by which minutes go out: what it is called, and the text of what it would publish of a call's minutes."""

    label: Label
    text: Callable[[Meeting, PublicMinutes], str]


CHANNELS: Final[Registry[Channel]] = Registry("channel by which minutes are published")


@dataclass(frozen=True)
class Found:
    """A hit with its mark, the channel's name in words, the words that were found, and the clearing that covers it."""

    hit: Hit
    label: Label
    words: str
    mark: str
    clearing: Clearing | None

    @property
    def key(self) -> str:
        """By which a form names it."""
        return f"{self.hit.channel}:{self.mark}"

    @property
    def before(self) -> str:
        """What stands before the words that were found."""
        return self.hit.excerpt.partition(self.words)[0] if self.words in self.hit.excerpt else ""

    @property
    def after(self) -> str:
        """What stands behind them."""
        return self.hit.excerpt.partition(self.words)[2] if self.words in self.hit.excerpt else f" · {self.hit.excerpt}"


def check(minutes: Minutes, public: PublicMinutes | None = None) -> list[Found]:
    """Every hit in every channel, cleared or not; nothing where no item is under the rule.

    `public` is what would be published, worked out where it is not given. Open items may name people and are left out.
    """
    public = would_be_public(minutes) if public is None else public
    if not public.under_rule:
        return []
    cleared = {(one.channel, one.mark): one for one in minutes.clearings.select_related("cleared_by")}
    found: dict[tuple[str, str], Found] = {}
    for hit, said in hits_in(minutes.meeting, public, recognisable(minutes.meeting)):
        mark = mark_of(hit, said)
        found.setdefault(
            (hit.channel, mark),
            Found(hit, CHANNELS[hit.channel].label, said, mark, cleared.get((hit.channel, mark))),
        )
    return list(found.values())


def uncleared(minutes: Minutes, public: PublicMinutes | None = None) -> list[Found]:
    """Those hits that keep minutes from being published."""
    return [one for one in check(minutes, public) if one.clearing is None]


def hits_in(
    meeting: Meeting, public: PublicMinutes, known: Iterable[Known], *, channels: Collection[str] = ()
) -> list[tuple[Hit, str]]:
    """Every mention of these people in what each channel (or only some) would publish, with the words found."""
    guarded = public.guarded
    wanted = [entry for entry in CHANNELS.entries() if not channels or entry.name in channels]
    texts = {entry.name: entry.item.text(meeting, guarded) for entry in wanted}
    return [(hit, texts[hit.channel][hit.start : hit.end]) for hit in find_mentions(known, texts)]


def mark_of(hit: Hit, said: str) -> str:
    """What a hit is known by without its words: whom it means, what was found, and the words around it."""
    parts = "\0".join([hit.key, hit.kind, said, hit.excerpt])
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()


# What goes out, each by one function for the check and for the page


def title_of(public: PublicMinutes) -> str:
    """`Lantern Working Group, minutes of 25 November 2026`, with the title of a call that has one."""
    return minutes_title(public.group, public.title, public.date)


def minutes_title(group: str, title: str, on: date) -> str:
    """The same from the parts of which it is made."""
    day = times.plain_date(on)
    if title:
        return _("%(group)s (%(title)s), minutes of %(day)s") % {"group": group, "title": title, "day": day}
    return _("%(group)s, minutes of %(day)s") % {"group": group, "day": day}


def body_html(public: PublicMinutes) -> SafeString:
    """The minutes as a part of a page: the same for page, PDF and feed."""
    return render_to_string("meetings/minutes_body.html", {"minutes": public, **_texts(public)})


def document_html(public: PublicMinutes) -> str:
    """The page from which the PDF is made. Its metadata name the group alone."""
    context = {"title": title_of(public), "author": public.group, "body": body_html(public), "language": get_language()}
    return render_to_string("meetings/minutes_document.html", context)


def markdown_of(public: PublicMinutes) -> str:
    return as_markdown(public, corrections=_("Corrections"))


def feed_entry(public: PublicMinutes) -> tuple[str, SafeString]:
    """Title and HTML of an entry of the feed."""
    return title_of(public), body_html(public)


def _texts(public: PublicMinutes) -> dict[str, list[tuple[PublicItem | PublicRevision, str]]]:
    return {
        "items": [(item, rendered(item.text, first_heading=3)) for item in public.items],
        "revisions": [(one, rendered(one.before, first_heading=3)) for one in public.revisions],
    }


def _page(meeting: Meeting, public: PublicMinutes) -> str:
    return words_of(f"<title>{title_of(public)}</title>{body_html(public)}")


def _pdf(meeting: Meeting, public: PublicMinutes) -> str:
    return words_of(document_html(public))


def _feed(meeting: Meeting, public: PublicMinutes) -> str:
    title, html = feed_entry(public)
    return f"{title}\n{words_of(html)}"


def _markdown(meeting: Meeting, public: PublicMinutes) -> str:
    return f"{file_name(meeting, 'md')}\n{markdown_of(public)}"


def _revisions(meeting: Meeting, public: PublicMinutes) -> str:
    return "\n".join(f"{one.on} {one.title}\n{one.why}\n{one.before}" for one in public.revisions)


def _mails(meeting: Meeting, public: PublicMinutes) -> str:
    notice = MinutesArePublished(meeting)
    return "\n".join([*words(notice, None), notice.action(), whole(notice.path())])


def file_name(meeting: Meeting, ending: str) -> str:
    return f"minutes-{meeting.group.slug}-{meeting.starts:%Y-%m-%d}.{ending}"


def fill() -> None:
    """Enter the channels of this room."""
    CHANNELS.register("page", Channel(gettext_lazy("page"), _page), order=10)
    CHANNELS.register("markdown", Channel(gettext_lazy("Markdown file"), _markdown), order=20)
    CHANNELS.register("pdf", Channel(gettext_lazy("PDF, with its metadata"), _pdf), order=30)
    CHANNELS.register("feed", Channel(gettext_lazy("feed"), _feed), order=40)
    CHANNELS.register("revisions", Channel(gettext_lazy("corrections"), _revisions), order=50)
    CHANNELS.register("mails", Channel(gettext_lazy("mails"), _mails), order=60)
