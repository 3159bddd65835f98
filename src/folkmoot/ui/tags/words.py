"""Words around content: eyebrows, badges, callouts, sections, disclosures, empty states, progress."""

from __future__ import annotations

import re
from functools import lru_cache

from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from folkmoot.ui.tags.library import TONES, attributes, one_of, register, trimmed

CALLOUTS = ("info", "success", "wait", "warn", "danger")
PICTURES = ("table", "calendar", "letter", "door", "map", "lamp")


@register.simple_block_tag
def html(content: str) -> SafeString:
    """Keeps a piece of rendered page under a name: `{% html as intro %}…{% endhtml %}`."""
    return trimmed(content)


@register.simple_block_tag
def eyebrow(content: str) -> SafeString:
    """The small line above a heading."""
    return format_html('<p class="eyebrow">{}</p>', content)


@register.simple_block_tag
def lead(content: str) -> SafeString:
    """A purpose or an opening sentence, in the group's voice."""
    return format_html('<p class="lead">{}</p>', trimmed(content))


@register.simple_block_tag
def badge(content: str, tone: str = "") -> SafeString:
    """A word about a state or role; `tone` is moss, ember, dusk, lake, gold, rose or nothing."""
    kind = f" badge-{one_of(tone, TONES, 'the tone of a badge')}" if tone else ""
    return format_html('<span class="badge{}">{}</span>', kind, trimmed(content))


@register.simple_block_tag
def callout(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Something to mind, standing in the text. `kind` is info, success, wait, warn or danger."""
    one_of(kind, CALLOUTS, "the kind of a callout")
    heading = format_html('<p class="callout-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="callout callout-{}" role="note">{}<div>{}</div></div>', kind, heading, trimmed(content)
    )


@register.simple_block_tag
def section(
    content: str, title: str, intro: str = "", *, id: str = "", margin: bool = False, level: int = 2
) -> SafeString:
    """A part of a page under its heading. With `margin`, the heading stands beside the content on wide screens."""
    heading_id = f"{id or _slug(title)}-title"
    return format_html(
        '<section{}><header class="section-head"><h{} id="{}">{}</h{}>{}</header>'
        '<div class="section-body">{}</div></section>',
        attributes(class_="section section-margin" if margin else "section", id=id, aria_labelledby=heading_id),
        level,
        heading_id,
        title,
        level,
        format_html("<p>{}</p>", intro) if intro else "",
        content,
    )


def _slug(words: str) -> str:
    return re.sub(r"[^\w]+", "-", str(words).lower()).strip("-") or "section"


@register.simple_block_tag
def page_head(content: str, title: str, eyebrow: str = "") -> SafeString:
    """The head of an ordinary page: an eyebrow, the one h1, and what follows it."""
    return format_html(
        '<header class="page-head">{}<h1>{}</h1>{}</header>',
        format_html('<p class="eyebrow">{}</p>', eyebrow) if eyebrow else "",
        title,
        content,
    )


@register.simple_block_tag
def disclosure(content: str, summary: str, open: bool = False, *, id: str = "") -> SafeString:
    """Something more, for those who want it; works without scripts."""
    return format_html(
        '<details{}><summary>{}</summary><div class="disclosure-body">{}</div></details>',
        attributes(class_="disclosure", id=id, open=bool(open)),
        summary,
        content,
    )


@lru_cache(maxsize=len(PICTURES))
def _picture(name: str) -> SafeString:
    return SafeString(get_template(f"ui/pictures/{one_of(name, PICTURES, 'the name of a picture')}.svg").render())


@register.simple_tag
def picture(name: str) -> SafeString:
    """One of our ink drawings, for the eye only: table, calendar, letter, door, map or lamp."""
    return _picture(name)


@register.simple_block_tag
def empty_state(content: str, sentence: str, picture: str = "table") -> SafeString:
    """Nothing here yet: one sentence, one drawing, and inside the block the one thing to do."""
    return format_html(
        '<div class="empty">{}<p class="empty-words">{}</p>{}</div>', _picture(picture), sentence, content
    )


_WAITING_LINE = mark_safe('<span class="waiting-line"></span>')


@register.simple_tag
def waiting(sentence: str = "", lines: int = 4) -> SafeString:
    """Content that is still on its way."""
    return format_html(
        '<div class="waiting" aria-busy="true"><p class="waiting-words" role="status">{}</p>{}</div>',
        sentence or _("One moment…"),
        format_html_join("", "{}", ((_WAITING_LINE,) for _number in range(lines))),
    )


@register.simple_tag
def progress(value: int, most: int, label: str) -> SafeString:
    """How far something has come: `17 of 21`. A `most` of nothing means that the end is not known."""
    if not most:
        return format_html(
            '<div class="progress"><div class="progress-words"><span>{}</span></div>'
            '<progress aria-label="{}"></progress></div>',
            label,
            label,
        )
    words = _("%(value)s of %(most)s") % {"value": value, "most": most}
    return format_html(
        '<div class="progress"><div class="progress-words"><span>{}</span><span>{}</span></div>'
        '<progress value="{}" max="{}" aria-label="{}">{}</progress></div>',
        label,
        words,
        value,
        most,
        label,
        words,
    )


@register.simple_tag
def clause(number: str, url: str) -> SafeString:
    """A clause of the charter: `§ 1.3`."""
    return format_html(
        '<a class="clause" href="{}" aria-label="{}">§\u00a0{}</a>',
        url,
        _("Clause %(number)s of the charter") % {"number": number},
        number,
    )
