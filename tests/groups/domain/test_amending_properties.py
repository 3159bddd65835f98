"""Comparing charters: every edit is named once, at its place, and nothing else is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.groups.domain.amending import applied
from folkmoot.groups.domain.amending.wording import runs
from tests.groups.domain.comparing import compared, named

FEW = settings(max_examples=12, deadline=None)
LETTERS = "abdefgiklmnoprstuvw"


@dataclass(frozen=True)
class Part:
    """A section of a made-up charter: every word in it stands nowhere else."""

    heading: str
    level: int
    intro: str
    bullets: tuple[str, ...]

    def text(self, mark: str = "*", lead: str = "**") -> str:
        rows = [f"{'#' * self.level} {self.heading}", "", self.intro, ""]
        for bullet in self.bullets:
            name, _space, rest = bullet.partition(" ")
            rows.append(f"{mark} {lead}{name}{lead} – {rest}")
        return "\n".join(rows) + "\n"


def said(bullet: str) -> str:
    name, _space, rest = bullet.partition(" ")
    return f"{name} – {rest}"


def written(parts: list[Part], **look: str) -> str:
    return "# Lantern Charter\n\nThe lantern keeps burning.\n\n" + "\n".join(part.text(**look) for part in parts)


@st.composite
def charters(draw: st.DrawFn) -> list[Part]:
    """Two to six sections of one to five bullets, of words of their own."""
    count = draw(st.integers(2, 6))
    sizes = [draw(st.integers(1, 5)) for _ in range(count)]
    levels = [draw(st.sampled_from((2, 3))) for _ in range(count)]
    needed = sum(4 + 8 + 7 * size for size in sizes) + 20
    words = iter(
        draw(st.lists(st.text(LETTERS, min_size=4, max_size=9), min_size=needed, max_size=needed, unique=True))
    )

    def take(number: int) -> str:
        return " ".join(next(words) for _ in range(number))

    return [
        Part(take(3).capitalize(), level, take(8) + ".", tuple(take(7).capitalize() + "." for _ in range(size)))
        for size, level in zip(sizes, levels, strict=True)
    ]


FRESH = "Zyx zwq zqy zjk zhj zxc zcq."


def at(draw: st.DataObject, parts: list[Part]) -> tuple[int, int]:
    place = draw.draw(st.integers(0, len(parts) - 1))
    return place, draw.draw(st.integers(0, len(parts[place].bullets) - 1))


def with_part(parts: list[Part], place: int, part: Part) -> list[Part]:
    return [*parts[:place], part, *parts[place + 1 :]]


@FEW
@given(charters())
def test_the_same_text_has_no_difference(parts):
    text = written(parts)

    comparison = compared(text, text)

    assert comparison.is_same
    assert named(comparison) == []
    assert comparison.meaning == ()


@FEW
@given(charters(), st.data())
def test_dropped_bullet_is_named_once(parts, data):
    place, number = at(data, parts)
    part = parts[place]
    shorter = replace(part, bullets=part.bullets[:number] + part.bullets[number + 1 :])

    comparison = compared(written(parts), written(with_part(parts, place, shorter)))

    assert named(comparison) == [(part.heading, "removed", said(part.bullets[number]))]


@FEW
@given(charters(), st.data())
def test_new_bullet_is_named_once(parts, data):
    place, number = at(data, parts)
    part = parts[place]
    longer = replace(part, bullets=(*part.bullets[:number], FRESH, *part.bullets[number:]))

    comparison = compared(written(parts), written(with_part(parts, place, longer)))

    assert named(comparison) == [(part.heading, "added", said(FRESH))]


@FEW
@given(charters(), st.data())
def test_reworded_bullet_is_named_once_with_its_words(parts, data):
    place, number = at(data, parts)
    part = parts[place]
    words = part.bullets[number].split(" ")
    which = data.draw(st.integers(1, len(words) - 2))
    new = " ".join([*words[:which], "zyxzyx", *words[which + 1 :]])
    changed = replace(part, bullets=(*part.bullets[:number], new, *part.bullets[number + 1 :]))

    comparison = compared(written(parts), written(with_part(parts, place, changed)))

    assert named(comparison) == [(part.heading, "changed", said(new))]
    (difference,) = comparison.named()
    assert [(run.op, run.text) for run in difference.piece.runs if run.op != "same"] == [
        ("removed", words[which]),
        ("added", "zyxzyx"),
    ]


@FEW
@given(charters(), st.data())
def test_bullet_moved_within_its_list_is_named_once(parts, data):
    place, number = at(data, parts)
    part = parts[place]
    left = [*part.bullets[:number], *part.bullets[number + 1 :]]
    to = data.draw(st.integers(0, len(left)))
    moved = replace(part, bullets=(*left[:to], part.bullets[number], *left[to:]))

    comparison = compared(written(parts), written(with_part(parts, place, moved)))

    whats = [(heading, what) for heading, what, _piece in named(comparison)]
    assert whats == ([] if to == number else [(part.heading, "moved")])
    if abs(to - number) > 1:
        assert named(comparison)[0][2] == said(part.bullets[number])


@FEW
@given(charters(), st.data())
def test_bullet_moved_to_another_section_is_named_once_where_it_stands_now(parts, data):
    place, number = at(data, parts)
    other = data.draw(st.integers(0, len(parts) - 1).filter(lambda n: n != place))
    bullet = parts[place].bullets[number]
    left = replace(parts[place], bullets=tuple(one for one in parts[place].bullets if one != bullet))
    came = replace(parts[other], bullets=(*parts[other].bullets, bullet))

    comparison = compared(written(parts), written(with_part(with_part(parts, place, left), other, came)))

    assert named(comparison) == [(parts[other].heading, "moved", said(bullet))]


@FEW
@given(charters(), st.data())
def test_new_heading_is_named_once(parts, data):
    place, _number = at(data, parts)
    new = replace(parts[place], heading="Zyxwq zqyjk")

    comparison = compared(written(parts), written(with_part(parts, place, new)))

    assert named(comparison) == [("Zyxwq zqyjk", "renamed", "")]


@FEW
@given(charters(), st.data())
def test_heading_at_another_level_says_the_same(parts, data):
    place, _number = at(data, parts)
    new = replace(parts[place], level=5 - parts[place].level)

    comparison = compared(written(parts), written(with_part(parts, place, new)))

    assert named(comparison) == [(parts[place].heading, "relevelled", "")]
    assert comparison.says_the_same


@FEW
@given(charters(), st.data())
def test_new_number_before_a_heading_says_the_same(parts, data):
    place, _number = at(data, parts)
    new = replace(parts[place], heading=f"{place + 1}. {parts[place].heading}")

    comparison = compared(written(parts), written(with_part(parts, place, new)))

    assert named(comparison) == [(parts[place].heading, "renumbered", "")]
    assert comparison.says_the_same


@FEW
@given(charters(), st.data())
def test_new_section_is_named_once(parts, data):
    place = data.draw(st.integers(0, len(parts)))
    new = Part("Zyxwq zqyjk", 2, "Zwz zxz.", (FRESH,))

    comparison = compared(written(parts), written([*parts[:place], new, *parts[place:]]))

    assert named(comparison) == [("Zyxwq zqyjk", "added", "")]


@FEW
@given(charters(), st.data())
def test_dropped_section_is_named_once(parts, data):
    place, _number = at(data, parts)

    comparison = compared(written(parts), written([*parts[:place], *parts[place + 1 :]]))

    assert named(comparison) == [(parts[place].heading, "removed", "")]


@FEW
@given(charters(), st.data())
def test_section_that_moves_is_named_once(parts, data):
    parts = [replace(part, level=2) for part in parts]
    place, _number = at(data, parts)
    left = [*parts[:place], *parts[place + 1 :]]
    to = data.draw(st.integers(0, len(left)))

    comparison = compared(written(parts), written([*left[:to], parts[place], *left[to:]]))

    whats = [(what, piece) for _heading, what, piece in named(comparison)]
    assert whats == ([] if to == place else [("moved", "")])


@FEW
@given(charters(), st.data())
def test_heading_that_is_dropped_moves_nothing(parts, data):
    place = data.draw(st.integers(1, len(parts) - 1))
    old = written(parts)
    new = old.replace(f"{'#' * parts[place].level} {parts[place].heading}\n\n", "")

    assert named(compared(old, new)) == [(parts[place].heading, "removed", "")]
    assert named(compared(new, old)) == [(parts[place].heading, "added", "")]


@FEW
@given(charters(), st.sampled_from(["-", "+", "1."]), st.sampled_from(["__", "***", "**"]))
def test_look_of_bullets_and_emphasis_is_layout_alone(parts, mark, lead):
    comparison = compared(written(parts), written(parts, mark=mark, lead=lead))

    assert comparison.says_the_same
    assert {what for _heading, what, _piece in named(comparison)} == {"layout"}
    assert len(list(comparison.named())) == sum(len(part.bullets) for part in parts)


@FEW
@given(charters(), st.data())
def test_paragraph_that_is_broken_otherwise_is_layout_alone(parts, data):
    place, _number = at(data, parts)
    words = parts[place].intro.split(" ")
    which = data.draw(st.integers(1, len(words) - 1))
    new = replace(parts[place], intro=" ".join(words[:which]) + "\n" + " ".join(words[which:]))

    comparison = compared(written(parts), written(with_part(parts, place, new)))

    assert named(comparison) == [(parts[place].heading, "layout", parts[place].intro)]
    assert comparison.says_the_same
    assert comparison.meaning == ()


@FEW
@given(charters())
def test_other_line_ends_are_said_once_and_change_nothing(parts):
    text = written(parts)

    comparison = compared(text, text.replace("\n", "\r\n"))

    assert comparison.line_ends_changed
    assert not comparison.is_same
    assert named(comparison) == []
    assert comparison.meaning == ()


@FEW
@given(charters(), st.data())
def test_empty_lines_are_layout_at_their_place(parts, data):
    place, number = at(data, parts)
    part = parts[place]
    old, line = written(parts), f"* **{part.bullets[number].partition(' ')[0]}**"
    new = old.replace(line, f"\n{line}")

    comparison = compared(old, new)

    assert [(heading, what) for heading, what, _piece in named(comparison)] == [(part.heading, "layout")]
    assert comparison.says_the_same


@FEW
@given(charters(), st.data())
def test_link_that_leads_elsewhere_is_named_once(parts, data):
    place, number = at(data, parts)
    part = parts[place]
    words = part.bullets[number].split(" ")
    which = data.draw(st.integers(1, len(words) - 2))

    def linked(to: str) -> list[Part]:
        one = " ".join([*words[:which], f"[{words[which]}](https://lantern.example/{to})", *words[which + 1 :]])
        return with_part(
            parts, place, replace(part, bullets=(*part.bullets[:number], one, *part.bullets[number + 1 :]))
        )

    comparison = compared(written(linked("a")), written(linked("b")))

    assert [(heading, what) for heading, what, _said in named(comparison)] == [(part.heading, "changed")]
    assert [(one.topic, one.what, one.old, one.new) for one in comparison.meaning if one.topic == "links"] == [
        ("links", "changed", "https://lantern.example/a", "https://lantern.example/b")
    ]


@FEW
@given(charters(), st.data())
def test_comment_between_bullets_is_layout_alone(parts, data):
    place, number = at(data, parts)
    part = parts[place]
    old, line = written(parts), f"* **{part.bullets[number].partition(' ')[0]}**"

    comparison = compared(old, old.replace(line, f"<!-- to be looked at -->\n{line}"))

    assert [(heading, what) for heading, what, _said in named(comparison)] == [(part.heading, "layout")]
    assert comparison.says_the_same
    assert comparison.meaning == ()


@FEW
@given(charters(), st.data())
def test_bullet_below_a_bullet_is_named_once(parts, data):
    place, number = at(data, parts)
    part = parts[place]
    deeper = f"{part.bullets[number]}\n  * {FRESH}"
    new = replace(part, bullets=(*part.bullets[:number], deeper, *part.bullets[number + 1 :]))

    assert named(compared(written(parts), written(with_part(parts, place, new)))) == [(part.heading, "added", FRESH)]


@FEW
@given(charters(), st.data())
def test_row_of_a_table_is_named_once_wherever_it_changes_comes_or_goes(parts, data):
    place, number = at(data, parts)
    part = parts[place]

    def tabled(bullets: tuple[str, ...]) -> str:
        rows = "\n".join(f"| {name} | {rest} |" for name, _space, rest in (one.partition(" ") for one in bullets))
        table = f"| Name | What |\n| --- | --- |\n{rows}\n"
        return "# Lantern Charter\n\n" + "\n".join(
            f"## {one.heading}\n\n{table}" if one is part else one.text() for one in parts
        )

    kind = data.draw(st.sampled_from(["changed", "added", "removed"]))
    kept = {"changed": (f"{part.bullets[number].partition(' ')[0]} zyx.",), "added": (part.bullets[number], FRESH)}
    new = (*part.bullets[:number], *kept.get(kind, ()), *part.bullets[number + 1 :])

    comparison = compared(tabled(part.bullets), tabled(new))

    assert [(heading, what) for heading, what, _said in named(comparison)] == [(part.heading, kind)]


@FEW
@given(charters(), st.data())
def test_line_of_the_front_matter_is_named_once(parts, data):
    keys = data.draw(st.lists(st.text("abcdef", min_size=3, max_size=8), min_size=1, max_size=4, unique=True))
    which = data.draw(st.integers(0, len(keys) - 1))

    def fronted(value: str) -> str:
        rows = "".join(f"{key}: {value if place == which else 'kept'}\n" for place, key in enumerate(keys))
        return f"---\n{rows}---\n\n{written(parts)}"

    assert named(compared(fronted("first"), fronted("second"))) == [("", "changed", f"{keys[which]}: second")]


@FEW
@given(charters(), st.data())
def test_several_edits_are_each_named_once(parts, data):
    """One edit of its own kind in each section; together they are named as each would be alone."""
    new, expected = [], []
    for part in parts:
        kind = data.draw(st.sampled_from(["nothing", "drop", "add", "reword", "rename", "space"]))
        bullet = data.draw(st.sampled_from(part.bullets))
        fresh = "".join(data.draw(st.lists(st.sampled_from("xyzqj"), min_size=5, max_size=9))) + "z"
        match kind:
            case "drop":
                new.append(replace(part, bullets=tuple(one for one in part.bullets if one != bullet)).text())
                expected.append((part.heading, "removed", said(bullet)))
            case "add":
                one = f"X{fresh} {part.heading[::-1].lower()} {fresh}{fresh}."
                new.append(replace(part, bullets=(*part.bullets, one)).text())
                expected.append((part.heading, "added", said(one)))
            case "reword":
                one = bullet.replace(bullet.split(" ")[2], fresh)
                bullets = tuple(one if other == bullet else other for other in part.bullets)
                new.append(replace(part, bullets=bullets).text())
                expected.append((part.heading, "changed", said(one)))
            case "rename":
                heading = f"Renamed {fresh} {part.heading[:4][::-1]}"
                new.append(replace(part, heading=heading).text())
                expected.append((heading, "renamed", ""))
            case "space":
                new.append(part.text().replace(f"{part.intro}\n", f"{part.intro}  \n"))
                expected.append((part.heading, "layout", part.intro))
            case _:
                new.append(part.text())
    text = "# Lantern Charter\n\nThe lantern keeps burning.\n\n" + "\n".join(new)

    assert Counter(named(compared(written(parts), text))) == Counter(expected)


@FEW
@given(charters(), charters())
def test_comparing_the_other_way_round_is_the_mirror_image(one, other):
    # Half of the sections are in both, in another order.
    old, new = written(one), written([*other[1:], *one[: len(one) // 2 + 1], other[0]])
    forth, back = compared(old, new), compared(new, old)
    opposite = {"added": "removed", "removed": "added"}

    def sides_of(comparison, *, turned=False):
        found = []
        for clause in comparison.clauses:
            pair = (clause.old and clause.old.lines, clause.new and clause.new.lines)
            status = opposite.get(clause.status, clause.status) if turned else clause.status
            pieces = Counter(
                (
                    opposite.get(piece.kind, piece.kind) if turned else piece.kind,
                    *((piece.new, piece.old) if turned else (piece.old, piece.new)),
                )
                for piece in clause.pieces
                if not piece.elsewhere
            )
            found.append((pair[::-1] if turned else pair, status, clause.traits, frozenset(pieces.items())))
        return Counter(found)

    assert sides_of(forth) == sides_of(back, turned=True)
    mirrored = Counter((m.topic, m.what, m.field, m.old_name, m.new_name) for m in (x.mirrored() for x in back.meaning))
    assert Counter((m.topic, m.what, m.field, m.old_name, m.new_name) for m in forth.meaning) == mirrored
    assert [(h.old, h.new) for h in forth.hunks] == [(h.new, h.old) for h in back.hunks]


@FEW
@given(st.text("ab \n\r#*|-", max_size=80), st.text("ab \n\r#*|-", max_size=80))
def test_hunks_rebuild_the_new_text_but_for_line_ends(old, new):
    comparison = compared(old, new)

    rebuilt = applied(old, comparison.hunks)

    assert _unix(rebuilt) == _unix(new)
    assert comparison.is_same == (old == new) or comparison.meaning


@FEW
@given(st.text("abc ,.–-'’\n", max_size=60), st.text("abc ,.–-'’\n", max_size=60))
def test_runs_give_both_texts_back(old, new):
    found = runs(old, new)

    assert "".join(run.text for run in found if run.op != "added") == old
    assert "".join(run.text for run in found if run.op != "removed") == new


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
