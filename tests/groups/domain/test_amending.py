"""Comparing charters as people write them: our examples, and the first user's where it is at hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.groups.domain.comparing import compared, meant, named
from tests.groups.domain.reading import REAL

CARE = (Path(__file__).resolve().parents[3] / "examples" / "community-care.md").read_text(encoding="utf-8")
LIBRARY = (Path(__file__).resolve().parents[3] / "examples" / "library.md").read_text(encoding="utf-8")
FIRST = REAL / "community-engagement.md"
needs_first = pytest.mark.skipif(not FIRST.exists(), reason="the charter of the first user is not in this checkout")


def without(text: str, *starts: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(starts))


def test_objectives_that_go_are_named_in_words_and_by_meaning():
    comparison = compared(CARE, without(CARE, "* **Events**", "* **Inclusion plan**"))

    assert [(heading, what) for heading, what, _said in named(comparison)] == [("Objectives", "removed")] * 2
    assert meant(comparison) == [
        ("objectives", "removed", "", "Events"),
        ("objectives", "removed", "", "Inclusion plan"),
    ]


def test_call_at_another_time_and_rhythm_is_named_field_by_field():
    new = CARE.replace("every second Wednesday at 08:00", "every fourth Thursday at 09:30").replace("60 min", "45 min")
    new = new.replace("starting Wednesday, 22 January 2025", "starting Thursday, 23 January 2025")

    comparison = compared(CARE, new)

    assert [(heading, what) for heading, what, _said in named(comparison)] == [("When we meet", "changed")]
    changed = {one.field: (one.old, one.new) for one in comparison.meaning}
    assert changed["local_time"] == ("08:00", "09:30")
    assert changed["duration_minutes"] == (60, 45)
    assert {one.topic for one in comparison.meaning} == {"meetings"}


def test_new_chapter_with_rules_is_one_clause_and_each_rule_by_meaning():
    chapter = "## 9. Governance\n\n* A vote needs a two-thirds majority.\n* A quorum is half of the participants.\n\n"

    comparison = compared(CARE, CARE.rstrip("\n") + "\n\n" + chapter)

    assert named(comparison) == [("Governance", "added", "")]
    assert {(topic, what) for topic, what, _field, _name in meant(comparison)} == {("decision_rules", "added")}


def test_chapter_put_in_between_renumbers_the_rest_and_changes_nothing_else():
    new = CARE.replace("## 8. Changing this charter", "## 9. Changing this charter")
    new = new.replace("## 9. Changing", "## 8. Money\n\nWe have none yet.\n\n## 9. Changing")

    comparison = compared(CARE, new)

    assert named(comparison) == [("Money", "added", ""), ("Changing this charter", "renumbered", "")]
    assert comparison.meaning == ()


def test_clause_that_is_renamed_and_moved_is_still_the_same_one():
    start, end = CARE.index("## 6."), CARE.index("## 7.")
    new = CARE[:start] + CARE[end:].rstrip("\n") + "\n\n" + CARE[start:end].replace("Where we talk", "Our channels")

    comparison = compared(CARE, new)

    (clause,) = [one for one in comparison.clauses if "renamed" in one.traits]
    assert (clause.old.heading.text, clause.new.heading.text) == ("Where we talk", "Our channels")
    assert all(one.kind == "same" for one in clause.pieces)


def test_clause_split_in_two_moves_nothing():
    new = CARE.replace("* If somebody objects", "### Objections\n\n* If somebody objects")

    assert named(compared(CARE, new)) == [("Objections", "added", "")]
    assert named(compared(new, CARE)) == [("Objections", "removed", "")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("–", "-"),
        ("’", "'"),
        ("* **", "- __"),
        ("## ", "### "),
        ("\n", "\r\n"),
        ("that people who build and teach with open tools meet as people, help one\nanother",
         "that people who build and teach\nwith open tools meet as people, help one another"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", [CARE, LIBRARY], ids=["care", "library"])
def test_other_layout_is_no_other_meaning(text, old, new):
    changed = text.replace(old, new)
    if old == "* **":
        changed = changed.replace("**", "__")

    comparison = compared(text, changed)

    assert comparison.says_the_same
    assert comparison.meaning == ()
    assert {what for _heading, what, _said in named(comparison)} <= {"layout", "relevelled"}


def test_role_that_is_renamed_is_not_one_that_went():
    comparison = compared(CARE, CARE.replace("**Observers**", "**Friends**"))

    assert meant(comparison) == [("roles", "renamed", "", "Friends")]


def test_activity_that_changes_its_quarter_is_named():
    old = CARE.replace("* **Elections** –", "* **Elections** – Q1:")
    comparison = compared(LIBRARY, LIBRARY)
    assert comparison.is_same

    moved = compared(
        "# A WG\n\n## Annual activities\n\n### Q1\n\n* **Review** – Look back.\n\n### Q2\n\n* **Fair** – Come.\n",
        "# A WG\n\n## Annual activities\n\n### Q1\n\n### Q2\n\n* **Fair** – Come.\n* **Review** – Look back.\n",
    )

    assert ("annual_activities", "changed", "quarter", "Review") in meant(moved)
    assert named(moved) == [("Q2", "moved", "Review – Look back.")]
    assert old != CARE


def test_link_that_leads_elsewhere_is_named_with_both_targets():
    comparison = compared(CARE, CARE.replace("https://commons.example/calendar", "https://commons.example/times"))

    (difference,) = comparison.named()
    assert [run.text for run in difference.piece.runs if run.op != "same"] == [
        "https://commons.example/calendar",
        "https://commons.example/times",
    ]
    assert meant(comparison) == [("links", "changed", "url", "calendar of the commons")]


HARBOUR = """\
# Harbour Working Group

The group keeps the harbour open to small boats. Our objectives include:

* **Moorings** – A place for everyone who comes in at night.
* **Signals** – Lamps that are lit and charts that are right.

## Roles

* **Managers**: Lead the calls and set the agenda.
* **Observers**: Follow without having to contribute.

## Meetings

Our calls are bi-weekly starting Wed, Jan 22 2025. The [calendar](https://harbour.example/calendar) has them.

### Cadence

| Timezone | Time |
| --- | --- |
| PST | 8 am |
| CST | 10 am |

## Annual activities

* **Regatta** – One day of sails.
"""


@pytest.mark.parametrize(
    ("old", "new", "whats", "meanings"),
    [
        ("* **Signals**", "- **Tides** – Tables on every quay.\n* **Signals**", ["added"],
         [("objectives", "added", "", "Tides")]),
        ("* **Signals**", "<!-- those that burn -->\n* **Signals**", ["layout"], []),
        ("* **Moorings** – A place for everyone who comes in at night.\n",
         "<!-- * **Moorings** – A place for everyone who comes in at night. -->\n", ["removed", "layout"],
         [("objectives", "removed", "", "Moorings")]),
        ("* **Signals** – Lamps that are lit and charts that are right.",
         "* **Lamps** – Lamps that are lit.\n* **Charts** – Charts that are right.", ["changed", "added"],
         [("objectives", "renamed", "", "Lamps"), ("objectives", "reworded", "", "Lamps"),
          ("objectives", "added", "", "Charts")]),
        ("* **Observers**", "* **Note Takers**: Write down what was said.\n* **Observers**", ["added"],
         [("roles", "added", "", "Note Takers")]),
        ("set the agenda.", "set the agenda.\n  * Ada Lovelace\n  * Grace Hopper", ["added", "added"],
         [("managers", "added", "", "Ada Lovelace"), ("managers", "added", "", "Grace Hopper")]),
        ("### Cadence", "### Times of the calls", ["renamed"], []),
        ("Jan 22 2025", "22 January 2025", ["changed"], []),
        ("bi-weekly starting", "bi-weekly (except in August) starting", ["changed"],
         [("meetings", "changed", "cadence", "bi-weekly (except in August) starting Wed, Jan 22 2025")]),
        ("### Cadence", "An office hour is held every Monday at 17:00 UTC.\n\n### Cadence", ["added"],
         [("meetings", "added", "", "Office hour")]),
        ("| CST | 10 am |", "| CST | 11 am |", ["changed"],
         [("meetings", "changed", "table", "bi-weekly starting Wed, Jan 22 2025")]),
        ("## Annual", "## Governance\n\n* **Quorum** – Half of us.\n* Managers are elected for two years.\n\n## Annual",
         ["added"],
         [("decision_rules", "added", "", "Quorum: Half of us."),
          ("decision_rules", "added", "", "Managers are elected for two years.")]),
        ("**Regatta** –", "**Regatta** (Q3) –", ["changed"], [("annual_activities", "changed", "quarter", "Regatta")]),
        ("**Regatta**", "**Regatta (Q3)**", ["changed"], [("annual_activities", "changed", "quarter", "Regatta")]),
        ("# Harbour", "---\nstatus: draft\n---\n\n# Harbour", ["added"], []),
        ("## Roles", "![The quay at night](https://harbour.example/quay.png)\n\n## Roles", ["added"], []),
        ("everyone who", "everyone ![](lamp.png) who", ["changed"], []),
    ],
)  # fmt: skip
def test_edit_by_hand_is_named_and_understood_and_nothing_else_is(old, new, whats, meanings):
    assert old in HARBOUR

    comparison = compared(HARBOUR, HARBOUR.replace(old, new, 1))

    assert [what for _heading, what, _said in named(comparison)] == whats
    assert meant(comparison) == meanings


def test_line_of_the_front_matter_that_changes_is_named_with_both_sides():
    old = "---\ntitle: Harbour\nchair: Ada\n---\n" + HARBOUR

    comparison = compared(old, old.replace("chair: Ada", "chair: Grace"))

    (difference,) = comparison.named()
    assert (difference.what, difference.piece.old.said, difference.piece.new.said) == (
        "changed", "chair: Ada", "chair: Grace",
    )  # fmt: skip
    assert not comparison.says_the_same


def test_picture_at_another_address_is_named():
    old = HARBOUR.replace("## Roles", "![The quay](https://harbour.example/a.png)\n\n## Roles")

    comparison = compared(old, old.replace("a.png", "b.png"))

    assert named(comparison) == [
        ("Harbour Working Group", "changed", "[The quay] <https://harbour.example/b.png>")
    ]  # fmt: skip


@needs_first
def test_first_users_charter_with_fewer_objectives_other_meetings_and_a_chapter_on_governance():
    old = FIRST.read_text(encoding="utf-8")
    new = without(old, "* **Accessibility & Visibility**", "* **Event Planning")
    new = new.replace(
        "bi-weekly starting Wed, Jan 22 2025", "monthly, on the first Tuesday, starting Tue, March 4 2025"
    )
    new = new.replace("| MST | 9 am |\n", "").replace("| CST | 10 am |", "| GMT | 4 pm |")
    new = new.replace("community/calendar)", "community/events)")
    new = new.replace(
        "# Critical Annual Activities",
        "# Governance\n\n* **Decisions** – We seek consensus; failing that, a simple majority of participants decides.\n"
        "* **Quorum** – Five participants.\n\n# Critical Annual Activities",
    )

    comparison = compared(old, new)

    assert Counter((heading, what) for heading, what, _said in named(comparison)) == {
        ("Working Group Definition", "removed"): 2,
        ("Meetings", "changed"): 1,
        ("Cadence", "removed"): 2,
        ("Cadence", "added"): 1,
        ("Governance", "added"): 1,
    }
    topics = {(topic, what) for topic, what, _field, _name in meant(comparison)}
    assert topics == {
        ("objectives", "removed"), ("meetings", "changed"), ("decision_rules", "added"), ("links", "changed"),
    }  # fmt: skip


@needs_first
@pytest.mark.parametrize("mark", ["-", "+"])
def test_first_users_charter_in_another_layout_says_the_same(mark):
    old = FIRST.read_text(encoding="utf-8")
    new = old.replace("\n* ", f"\n{mark} ").replace("’", "'").replace(" – ", " - ").replace("\n\n\n", "\n\n")

    comparison = compared(old, new)

    assert comparison.says_the_same
    assert comparison.meaning == ()
