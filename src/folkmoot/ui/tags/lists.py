"""Lists: records, entries, descriptions, differences, objectives, the year, tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from folkmoot.ui.tables import DataTable
from folkmoot.ui.tags.library import TONES, attributes, one_of, register, trimmed
from folkmoot.ui.tags.times import day
from folkmoot.ui.tags.words import clause as clause_link


@register.simple_block_tag
def records(content: str) -> SafeString:
    """What happened, newest first; put `{% record %}`s inside."""
    return format_html('<ol class="records">{}</ol>', content)


@register.simple_block_tag
def record(content: str, when: date | str, kind: str = "", tone: str = "dusk") -> SafeString:
    """One thing that happened: its date (or finished HTML such as a moment), its kind in a word, what it was."""
    shown = when if isinstance(when, str) else day(when)
    one_of(tone, TONES, "the tone of a record")
    return format_html(
        '<li class="record"><span class="record-when">{}</span><span>{}{}</span></li>',
        shown,
        format_html('<span class="record-kind record-kind-{}">{}</span> ', tone, kind) if kind else "",
        trimmed(content),
    )


@register.simple_block_tag
def entries(content: str) -> SafeString:
    """A list in which each line leads somewhere; put `{% entry %}`s inside."""
    return format_html('<ul class="entries">{}</ul>', content)


@register.simple_block_tag
def entry(content: str, name: str, href: str, side: str = "", *, level: int = 2) -> SafeString:
    """One line: its name as a link, what it is about inside the block, and at the side what is next there."""
    text = trimmed(content)
    return format_html(
        '<li class="entry"><h{} class="entry-name"><a href="{}">{}</a></h{}>{}{}</li>',
        level,
        href,
        name,
        level,
        format_html('<div class="entry-text">{}</div>', text) if text else "",
        format_html('<div class="entry-side">{}</div>', side) if side else "",
    )


@register.simple_block_tag
def descriptions(content: str) -> SafeString:
    """Names and what they stand for; put `{% description %}`s inside."""
    return format_html('<dl class="descriptions">{}</dl>', content)


@register.simple_block_tag
def description(content: str, name: str) -> SafeString:
    return format_html('<div class="description"><dt>{}</dt><dd>{}</dd></div>', name, trimmed(content))


@register.simple_block_tag
def diff(content: str) -> SafeString:
    """What would change; put `{% diff_row %}`s inside."""
    return format_html('<div class="diff">{}</div>', content)


@register.simple_tag
def diff_row(label: str, old: Any, new: Any) -> SafeString:
    """One thing before and after; empty or None means that it was not there, or will not be."""
    return format_html(
        '<div class="diff-row"><div class="diff-label">{}</div>{}{}</div>',
        label,
        _side("diff-old", "del", _("was"), _("was not there"), old),
        _side("diff-new", "ins", _("becomes"), _("is taken away"), new),
    )


def _side(css: str, tag: str, word: str, nothing: str, value: Any) -> SafeString:
    if value is None or value == "":
        return format_html('<span class="diff-none">{}</span>', nothing)
    return format_html('<{} class="{}"><span class="sr-only">{} </span>{}</{}>', tag, css, word, value, tag)


@register.simple_block_tag
def objectives(content: str) -> SafeString:
    """What a group is for, numbered; put `{% objective %}`s inside."""
    return format_html('<ol class="objectives">{}</ol>', content)


@register.simple_block_tag
def objective(
    content: str, name: str, clause: str = "", href: str = "", *, running: str = "", id: str = "", level: int = 3
) -> SafeString:
    """One objective: name, clause of the charter, its text inside the block, and what runs under it (HTML links)."""
    number = clause_link(clause, href) if clause and href else ""
    text = trimmed(content)
    return format_html(
        '<li{}><h{} class="objective-name">{}{}</h{}>{}{}</li>',
        attributes(id=id),
        level,
        name,
        number,
        level,
        format_html('<div class="objective-text">{}</div>', text) if text else "",
        format_html('<div class="running">{}</div>', running) if running else "",
    )


@register.simple_block_tag
def year(content: str) -> SafeString:
    """The four quarters; put `{% quarter %}`s inside."""
    return format_html('<ol class="year">{}</ol>', content)


@register.simple_block_tag
def quarter(content: str, name: str, now: bool = False) -> SafeString:
    """One quarter and its activities; `now` marks the present one."""
    inside = trimmed(content)
    return format_html(
        '<li class="quarter{}"{}><h3>{}</h3>{}</li>',
        " quarter-now" if now else "",
        attributes(aria_current="date" if now else ""),
        name,
        format_html("<ul>{}</ul>", inside) if inside else "",
    )


@register.simple_block_tag
def activity(content: str, done: bool = False, note: str = "") -> SafeString:
    """Something the charter asks for in a year, with a small note."""
    return format_html(
        '<li class="activity{}">{}{}{}</li>',
        " activity-done" if done else "",
        trimmed(content),
        format_html('<span class="sr-only"> {}</span>', _("(done)")) if done else "",
        format_html('<span class="activity-note">{}</span>', note) if note else "",
    )


@register.simple_tag
def data_table(table: DataTable) -> SafeString:
    """A table built in Python; on phones each row becomes a small list."""
    head = format_html_join(
        "",
        '<th scope="col" role="columnheader"{}>{}</th>',
        ((attributes(class_="table-number" if column.is_number else ""), column.label) for column in table.columns),
    )
    body = format_html_join("", "{}", ((_row(table, row),) for row in table.rows))
    return format_html(
        '<div class="table-wrap"><table class="table" role="table"><caption>{}</caption>'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead><tbody role="rowgroup">{}</tbody></table></div>',
        table.caption,
        head,
        body,
    )


def _row(table: DataTable, row: tuple[Any, ...]) -> SafeString:
    cells = []
    for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        tag, role = ("th", "rowheader") if place == 0 else ("td", "cell")
        cells.append(
            format_html(
                "<{}{}><span>{}</span></{}>",
                tag,
                attributes(
                    class_="table-number" if column.is_number else "",
                    scope="row" if place == 0 else "",
                    role=role,
                    data_label=column.label,
                ),
                "" if value is None else value,
                tag,
            )
        )
    return format_html('<tr role="row">{}</tr>', format_html_join("", "{}", ((cell,) for cell in cells)))
