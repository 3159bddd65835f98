"""What pages show of a change of a charter: clause by clause, what is said to it, and what would follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.domain.amending import ClauseChange, Comparison, PieceChange, Run
from folkmoot.groups.models import Amendment, AmendmentComment, CharterVersion, Role
from folkmoot.people.models import Person

SHOWN: Final = frozenset({"changed", "moved", "moved_and_changed", "added", "removed"})


@dataclass(frozen=True)
class ShownRow:
    """A piece before and after, or one that both have (then only `same`)."""

    label: str
    old: SafeString | str
    new: SafeString | str
    same: str = ""


@dataclass(frozen=True)
class ShownClause:
    """A clause of a comparison, with what was said to it."""

    change: ClauseChange
    rows: Sequence[ShownRow]
    old_url: str
    new_url: str
    comments: Sequence[AmendmentComment]
    places: dict[str, str]

    @property
    def id(self) -> str:
        return f"clause-{self.change.id}"

    @property
    def key(self) -> str:
        return self.change.id

    @property
    def title(self) -> str:
        return self.change.side.heading.text or _("Before the first heading")

    @property
    def number(self) -> str:
        return self.change.side.heading.number

    @property
    def changes(self) -> list[ShownRow]:
        return [row for row in self.rows if not row.same]

    @property
    def badges(self) -> list[tuple[str, str]]:
        """What happened to the clause itself, in a word or two, with a tone."""
        change = self.change
        words: list[tuple[str, str]] = []
        if change.status == "added":
            words.append((_("new"), "moss"))
        elif change.status == "removed":
            words.append((_("goes"), "rose"))
        if "changed" in change.traits:
            words.append((_("changed"), "ember"))
        if "moved" in change.traits:
            words.append((_("moved"), "lake"))
        if "renamed" in change.traits:
            words.append((_("renamed"), "gold"))
        return words or [(_("unchanged") if change.is_unchanged else _("same words"), "")]

    @property
    def notes(self) -> list[str]:
        """What happened to the heading and the layout, in sentences."""
        change, notes = self.change, []
        old, new = change.old, change.new
        if "renamed" in change.traits and old and new:
            notes.append(
                _("Was called “%(old)s”, is called “%(new)s”.")
                % {"old": old.heading.text or _("nothing"), "new": new.heading.text or _("nothing")}
            )
        if "moved" in change.traits:
            notes.append(_("Stands at another place in the charter, as it is."))
        if "renumbered" in change.traits and old and new:
            notes.append(
                _("Numbered %(new)s instead of %(old)s.")
                % {
                    "old": old.heading.own_number or _("not at all"),
                    "new": new.heading.own_number or _("not at all"),
                }
            )
        if "relevelled" in change.traits:
            notes.append(_("The heading is of another size."))
        if "layout" in change.traits:
            notes.append(_("The wording is the same in some lines, only the layout changed."))
        return notes


@dataclass(frozen=True)
class ComparisonPage:
    """Two wordings side by side."""

    comparison: Comparison
    clauses: Sequence[ShownClause]
    overall: Sequence[AmendmentComment] = ()

    @property
    def changed(self) -> list[ShownClause]:
        return [one for one in self.clauses if not one.change.is_unchanged or one.comments]

    @property
    def summary(self) -> str:
        """How much differs, in a sentence."""
        if self.comparison.is_same:
            return _("Both are the same.")
        count = len(list(self.comparison.named()))
        if not count:
            if self.comparison.meaning:
                return _("The text is the same; what the charter leaves open is answered differently.")
            return _("The wording is the same; only the ends of lines are written in another way.")
        if self.comparison.says_the_same:
            return _("The wording is the same, only layout changed.")
        places = sum(not one.is_unchanged for one in self.comparison.clauses)
        differences = ngettext("%(count)d difference", "%(count)d differences", count) % {"count": count}
        clauses = ngettext("%(count)d clause", "%(count)d clauses", places) % {"count": places}
        return _("%(differences)s in %(clauses)s.") % {"differences": differences, "clauses": clauses}


def comparison_page(
    comparison: Comparison,
    *,
    old_url: str,
    new_url: str,
    comments: Sequence[AmendmentComment] = (),
) -> ComparisonPage:
    """A comparison as a page shows it; the addresses are those of the two wordings, empty for one without a page."""
    said: dict[str, list[AmendmentComment]] = defaultdict(list)
    for comment in comments:
        said[comment.clause].append(comment)
    places = {one.id: _place(one) for one in comparison.clauses}
    clauses = [
        ShownClause(
            change=one,
            rows=[row for piece in one.pieces if (row := _row(piece, places))],
            old_url=f"{old_url}#{one.old.anchor}" if old_url and one.old else "",
            new_url=f"{new_url}#{one.new.anchor}" if new_url and one.new else "",
            comments=said.pop(one.id, []),
            places=places,
        )
        for one in comparison.clauses
    ]
    left = [comment for clause in sorted(said) for comment in said[clause]]
    return ComparisonPage(comparison, clauses, sorted(left, key=lambda one: (one.at, one.pk)))


def seen_comments(amendment: Amendment, reader: Person | None, *, may_settle: bool) -> list[AmendmentComment]:
    """The comments as this reader may see them: hidden ones for their authors and those who lead."""
    found = amendment.comments.filter(withdrawn_at=None).select_related("by", "hidden_by")
    return [one for one in found if one.hidden_at is None or may_settle or (reader and one.by_id == reader.pk)]


def version_url(version: CharterVersion) -> str:
    """The page of a version, whether it is in force or not."""
    return reverse("charter_version", args=[version.group.slug, version.number])


def roles_that_go(amendment: Amendment, gone: Sequence[str]) -> list[Role]:
    """The roles of today that the new wording names no more, with the number of those who take part in them as `held`.

    Who holds one by a seat alone is not among them: nobody is moved out of a seat by an amendment.
    """
    found = list(amendment.group.roles.filter(name__in=gone, retired_at=None))
    for role in found:
        role.held = role.participations.filter(ended_at=None).count()  # type: ignore[attr-defined]
    return found


def _place(one: ClauseChange) -> str:
    heading = one.side.heading
    return " ".join(filter(None, (f"§ {heading.number}" if heading.number else "", heading.text)))


def _row(piece: PieceChange, places: dict[str, str]) -> ShownRow | None:
    old, new = piece.old.said if piece.old else "", piece.new.said if piece.new else ""
    if piece.kind not in SHOWN:
        return ShownRow("", "", "", same=new or old)
    where = places.get(piece.elsewhere, "")
    if piece.leads_away:
        if new:
            return None
        return ShownRow(_("Moved to %(place)s") % {"place": where}, old, _("see there"))
    labels = {
        "changed": _("Reworded"),
        "added": _("New"),
        "removed": _("Goes"),
        "moved": _("Moved here from %(place)s") % {"place": where} if where else _("Moved within this clause"),
        "moved_and_changed": (
            _("Moved here from %(place)s and reworded") % {"place": where} if where else _("Moved and reworded")
        ),
    }
    if piece.runs:
        return ShownRow(labels[piece.kind], _side(piece.runs, "removed"), _side(piece.runs, "added"))
    return ShownRow(labels[piece.kind], old, new)


def _side(runs: Sequence[Run], op: str) -> SafeString:
    """One side of a reworded piece, with the words in which it differs standing out."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<strong>{}</strong>", run.text) if run.op == op and run.text.strip() else run.text,)
            for run in runs
            if run.op in ("same", op)
        ),
    )
