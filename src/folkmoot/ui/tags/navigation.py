"""Ways through the site: the frame of a page, tabs of a group, breadcrumbs, pages of a list, a text's lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from folkmoot.ui import messages, slots
from folkmoot.ui.chrome import Chrome, chrome_of
from folkmoot.ui.source import SourceNote
from folkmoot.ui.tags.library import register, rendered, request_of


@register.simple_tag(takes_context=True)
def chrome(context: Context) -> Chrome:
    """What the frame of the page needs; used by `ui/base.html` as `{% chrome as chrome %}`."""
    return chrome_of(request_of(context))


@register.simple_tag(takes_context=True)
def waiting_messages(context: Context) -> SafeString:
    """The messages for this reader, as toasts."""
    shown = list(messages.waiting(request_of(context)))
    return rendered(context, "ui/messages.html", {"shown": shown}) if shown else mark_safe("")


@register.simple_tag
def breadcrumbs(*labels_and_urls: Any, label: str = "") -> SafeString:
    """The way up: `{% breadcrumbs "Groups" groups_url group.name group_url "Charter" %}`; the last is this page."""
    pairs = [*labels_and_urls] + ([""] if len(labels_and_urls) % 2 else [])
    lines = format_html_join(
        "",
        "<li>{}</li>",
        (
            (
                format_html('<a href="{}">{}</a>', url, words)
                if url
                else format_html('<span aria-current="page">{}</span>', words),
            )
            for words, url in zip(pairs[::2], pairs[1::2], strict=True)
        ),
    )
    return format_html('<nav class="breadcrumbs" aria-label="{}"><ol>{}</ol></nav>', label or _("You are here"), lines)


@register.simple_tag
def group_breadcrumbs(group: Any, section: str, *labels_and_urls: Any) -> SafeString:
    """The way up from a page of a group, the same on all of them: all groups, the group, the section, the page.

    `{% group_breadcrumbs group "people" title %}`; `section` is the name of a tab, empty for a page that belongs to
    none. The page of the section itself names no more than that.
    """
    pairs = [_("Groups"), reverse("groups"), group.name, group.get_absolute_url()]
    if section:
        tab = slots.GROUP_TABS[section]
        pairs += [tab.label, tab.url(group)] if labels_and_urls else [tab.label]
    return breadcrumbs(*pairs, *labels_and_urls)


@register.simple_tag
def steps(label: str, current: int, *names: Any) -> SafeString:
    """How far something is on its way: `{% steps "How far" 2 "Draft" "Waits" "Done" %}`; the second is the present one.

    With `current` beyond the last name, all of them are done.
    """
    lines = format_html_join(
        "",
        '<li class="step{}"{}><span class="step-dot" aria-hidden="true"></span><span>{}{}</span></li>',
        (
            (
                " is-done" if number < current else " is-now" if number == current else "",
                mark_safe(' aria-current="step"') if number == current else "",
                name,
                format_html('<span class="sr-only">, {}</span>', _("done")) if number < current else "",
            )
            for number, name in enumerate(names, 1)
        ),
    )
    return format_html('<ol class="steps" aria-label="{}">{}</ol>', label, lines)


def _tabs(label: str, lines: Iterable[slots.Link]) -> SafeString:
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', label, _links(lines))


def _links(lines: Iterable[slots.Link]) -> SafeString:
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        ((line.url, mark_safe(' aria-current="page"') if line.is_current else "", line.label) for line in lines),
    )


@register.simple_tag
def tabs(label: str, current: str, *labels_and_urls: Any) -> SafeString:
    """Pages that belong together: `{% tabs "Your account" url_of_this_page "E-mail" url "Password" url %}`."""
    return _tabs(label, _pairs(current, labels_and_urls))


@register.simple_tag
def subpages(label: str, current: str, *labels_and_urls: Any) -> SafeString:
    """The pages of one tab, under it, given as for `tabs`.

    All in sight where there is room; on a narrow screen the present one alone, and the others behind it.
    """
    lines = _pairs(current, labels_and_urls)
    here = next((line.label for line in lines if line.is_current), label)
    return format_html(
        '<nav class="tabs subpages" aria-label="{}"><ul>{}</ul><details class="disclosure subpages-folded">'
        "<summary>{}</summary><ul>{}</ul></details></nav>",
        label,
        _links(lines),
        here,
        _links(lines),
    )


def _pairs(current: str, labels_and_urls: Sequence[Any]) -> list[slots.Link]:
    pairs = zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True)
    return [slots.Link(words, url, url == current) for words, url in pairs]


@register.simple_tag(takes_context=True)
def group_tabs(context: Context, group: Any, current: str) -> SafeString:
    """The pages of a group, filled by rooms through `slots.GROUP_TABS`; nothing if there is only one."""
    request = request_of(context)
    lines = [
        slots.Link(tab.label, tab.url(group), tab.name == current)
        for tab in slots.GROUP_TABS
        if request is None or tab.visible(request, group)
    ]
    if len(lines) < 2:
        return mark_safe("")
    return _tabs(_("Pages of %(group)s") % {"group": group}, lines)


@register.simple_tag(takes_context=True)
def group_panels(context: Context, group: Any) -> SafeString:
    """What the rooms above have to show on a group's page, from `slots.GROUP_PANELS`."""
    request = request_of(context)
    if request is None:
        return mark_safe("")
    return format_html_join("", "{}", ((html,) for html in slots.group_panels(request, group)))


@register.simple_tag(takes_context=True)
def desk_panels(context: Context) -> SafeString:
    """What the rooms have to show on the signed-in home, from `slots.DESK_PANELS`."""
    request = request_of(context)
    if request is None:
        return mark_safe("")
    return format_html_join("", "{}", ((html,) for html in slots.desk_panels(request)))


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page") -> SafeString:
    """Earlier and later pages of a list; nothing if all of it fits on one."""
    if page.paginator.num_pages < 2:
        return mark_safe("")
    request = request_of(context)
    query = request.GET.copy() if request is not None else None

    def address(number: int) -> str:
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return rendered(
        context,
        "ui/pagination.html",
        {
            "page": page,
            "previous": address(page.previous_page_number()) if page.has_previous() else "",
            "next": address(page.next_page_number()) if page.has_next() else "",
        },
    )


@register.simple_tag
def source_view(
    text: str | Sequence[str],
    label: str,
    *,
    notes: Mapping[int, Sequence[SourceNote]] | None = None,
    first: int = 1,
    prefix: str = "L",
) -> SafeString:
    """A text as it was written; line 12 has the id `L12` and a link to itself.

    `notes` holds what is to be known about a line, by its number; such lines are marked.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if isinstance(text, str) else text
    given = notes or {}
    inside = format_html_join(
        "", "{}", ((_line(number, line, prefix, given.get(number, ())),) for number, line in enumerate(lines, first))
    )
    return format_html('<div class="source" role="group" aria-label="{}">{}</div>', label, inside)


def _line(number: int, text: str, prefix: str, notes: Sequence[SourceNote]) -> SafeString:
    name = f"{prefix}{number}"
    return format_html(
        '<div class="source-line{}" id="{}"><a class="source-number" href="#{}" aria-label="{}">{}</a>'
        '<span class="source-text">{}</span>{}</div>',
        " source-marked" if notes else "",
        name,
        name,
        _("Line %(number)s") % {"number": number},
        number,
        text,
        format_html_join(
            "", '<span class="source-note source-note-{}">{}</span>', ((note.severity, note.words) for note in notes)
        ),
    )


@register.simple_tag(takes_context=True)
def preferences_url(context: Context) -> str:
    """Where zone, clock and appearance are chosen, with the way back to this page."""
    return chrome_of(request_of(context)).preferences_url
