"""Buttons and what is done with them: act, choose one of few, copy, take back."""

from __future__ import annotations

import re
import zlib

from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from folkmoot.ui.tags.library import attributes, one_of, register, rendered, request_of, trimmed

KINDS = ("", "primary", "quiet", "danger", "danger-filled")


@register.simple_block_tag
def button(
    content: str,
    kind: str = "",
    *,
    href: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    form: str = "",
    id: str = "",
    small: bool = False,
    wide: bool = False,
    disabled_because: str = "",
    busy: bool = False,
    describes: str = "",
    download: bool = False,
    formaction: str = "",
    shortcut: str = "",
) -> SafeString:
    """A link that looks like a button where `href` is given, else a button.

    `kind` is `primary`, `quiet`, `danger`, `danger-filled` or nothing; one primary in a view. With
    `disabled_because` it does nothing and says why. `describes` adds words for screen readers, when several
    buttons on a page have the same words. `shortcut` is the key that presses it on pages that have shortcuts.
    """
    one_of(kind, KINDS, "the kind of a button")
    looks = ("button", f"button-{kind}" if kind else "", "button-small" if small else "", "button-wide" if wide else "")
    classes = " ".join(filter(None, looks))
    inside = _inside(content, describes)
    if disabled_because:
        reason = f"reason-{zlib.crc32(f'{id}{content}{disabled_because}'.encode('utf-8', 'replace')):08x}"
        return format_html(
            '<span class="button-with-reason"><button{}>{}</button>'
            '<span class="button-reason" id="{}">{}</span></span>',
            attributes(class_=classes, type="button", aria_disabled="true", aria_describedby=reason, id=id),
            inside,
            reason,
            disabled_because,
        )
    if href:
        return format_html(
            "<a{}>{}</a>",
            attributes(class_=classes, href=href, id=id, download=download, data_shortcut=shortcut),
            inside,
        )
    return format_html(
        "<button{}>{}</button>",
        attributes(
            class_=classes,
            type=one_of(type, ("submit", "button", "reset"), "the type of a button"),
            name=name,
            value=value,
            form=form,
            id=id,
            formaction=formaction,
            aria_busy="true" if busy else "",
            data_shortcut=shortcut,
        ),
        inside,
    )


def _inside(content: str, describes: str) -> SafeString:
    words = trimmed(content)
    if not describes:
        return words
    return format_html('{} <span class="sr-only">{}</span>', words, describes)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """A row of buttons that wraps."""
    return format_html('<div class="form-actions">{}</div>', content)


@register.simple_block_tag
def segments(content: str, label: str) -> SafeString:
    """One choice out of few, side by side. `label` says what is chosen; put `{% segment %}`s inside."""
    return format_html('<div class="segments" role="group" aria-label="{}">{}</div>', label, content)


@register.simple_block_tag
def segment(
    content: str, chosen: bool = False, *, href: str = "", name: str = "", value: str = "", form: str = ""
) -> SafeString:
    """One of the choices: a link where `href` is given, else a button of the surrounding form."""
    words = trimmed(content)
    if href:
        return format_html(
            '<a{}><span class="segment-words">{}</span></a>',
            attributes(class_="segment", href=href, aria_current="true" if chosen else ""),
            words,
        )
    return format_html(
        '<button{}><span class="segment-words">{}</span></button>',
        attributes(
            class_="segment",
            type="submit",
            name=name,
            value=value,
            form=form,
            aria_pressed="true" if chosen else "false",
        ),
        words,
    )


@register.simple_tag
def copy_button(of: str, label: str = "") -> SafeString:
    """Copies the text or value of the element with id `of`. Hidden until scripts can do it."""
    return format_html(
        '<button class="button button-small copy" type="button" data-copy="{}" data-done="{}" '
        'aria-describedby="{}" hidden>{}</button><span class="sr-only" role="status" id="{}"></span>',
        of,
        _("Copied"),
        f"{of}-copied",
        label or _("Copy"),
        f"{of}-copied",
    )


@register.simple_tag
def copyable(text: str, id: str, label: str = "") -> SafeString:
    """A line of code or an address with its copy button."""
    return format_html(
        '<div class="copy-row"><code id="{}">{}</code>{}</div>', _safe_id(id), text, copy_button(_safe_id(id), label)
    )


def _safe_id(text: str) -> str:
    return re.sub(r"[^\w-]", "-", text)


@register.simple_tag(takes_context=True)
def undo_button(context: Context, url: str, label: str = "") -> SafeString:
    """A small form that POSTs to `url`; for toasts."""
    if request_of(context) is None:
        return mark_safe("")
    return rendered(context, "ui/undo.html", {"url": url, "label": label or _("Undo")})
