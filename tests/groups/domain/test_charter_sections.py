"""Sections: headings in their many forms, what they are about, and their places."""

from __future__ import annotations

import pytest

from folkmoot.groups.domain.charter.kinds import parted, subject
from tests.groups.domain.reading import codes, covers_every_line, names, texts, understood


def outlined(charter):
    return [(section.heading, section.level, section.kind.value) for section in charter.sections]


def test_sections_of_usual_headings():
    charter = understood(
        "intro\n\n# Docs Group Charter\n\n## Mission\n\nWe help.\n\nRoles\n-----\n\n### Chair\n\n## Other\n"
    )

    assert outlined(charter) == [
        (None, 0, "preamble"),
        ("Docs Group Charter", 1, "title"),
        ("Mission", 2, "purpose"),
        ("Roles", 2, "roles"),
        ("Chair", 3, "roles"),
        ("Other", 2, "other"),
    ]
    assert [tuple(section.lines) for section in charter.sections] == [
        (1, 2), (3, 4), (5, 8), (9, 11), (12, 13), (14, 14)
    ]  # fmt: skip


def test_sections_of_bold_lines_where_there_are_no_headings():
    charter = understood("**Docs Working Group**\n\n**1. Mission**\n\nWe help.\n\n**2. Goals**\n\n- a\n")

    assert outlined(charter) == [
        ("Docs Working Group", 1, "title"),
        ("1. Mission", 2, "purpose"),
        ("2. Goals", 2, "objectives"),
    ]
    assert covers_every_line(charter)


def test_sections_of_bare_heading_words_where_there_are_no_headings():
    charter = understood(
        "Mission\n\nWe help people.\n\nGoals:\n\n- a\n\nA long line that begins with goals\nand goes on.\n"
    )

    assert [section.heading for section in charter.sections] == ["Mission", "Goals:"]
    assert charter.purpose.text == "We help people."
    assert texts(charter.objectives) == ["a"]


def test_a_numbered_list_may_hold_the_whole_charter():
    charter = understood("1. Purpose\n   We help.\n2. Goals\n   - a\n3. Meetings\n\n   Every Tuesday at 15:00 UTC\n")

    assert charter.purpose.text == "We help."
    assert texts(charter.objectives) == ["a"]
    assert charter.meetings[0].lines == (7, 7)


def test_bullets_that_someone_typed_are_a_list():
    charter = understood("# G\n\n## Goals\n\nThese are our goals:\n• Write guides\n• **Answer** – all questions\n")

    assert [(one.name, one.text, one.lines) for one in charter.objectives] == [
        (None, "Write guides", (6, 6)),
        ("Answer", "all questions", (7, 7)),
    ]


def test_bold_lines_are_no_sections_where_there_are_headings():
    charter = understood("# G\n\n## Communication\n\n**Slack**\n\n- #docs\n\n## Goals\n\n- a\n")

    assert [section.heading for section in charter.sections] == ["G", "Communication", "Goals"]


def test_headings_in_code_comments_and_quotes_are_none():
    charter = understood("# G\n\n```\n## Goals\n- a\n```\n\n<!--\n## Goals\n- b\n-->\n\n> ## Goals\n>\n> - c\n")

    assert [section.heading for section in charter.sections] == ["G"]
    assert charter.objectives == ()


def test_a_heading_indented_into_a_list_heads_a_section():
    charter = understood("# G\n\n## Vision\n\n- a\n   \n  ## Goals\n\nOur goals:\n\n  - b\n  - c\n")

    assert [section.heading for section in charter.sections] == ["G", "Vision", "Goals"]
    assert texts(charter.objectives) == ["b", "c"]


def test_numbered_headings_at_one_level_nest_by_their_numbers():
    charter = understood(
        "## 1. Purpose\n\nx\n\n## 2. Roles\n\n## 2.1 Chair\n\nLeads.\n\n## 2.2 Community at large\n\nAll.\n"
    )

    assert names(charter.roles) == ["Chair", "Community at large"]
    assert [section.number for section in charter.sections] == ["1", "2", "2.1", "2.2"]


def test_html_headings_head_sections():
    charter = understood('<h1 align="center">Docs Group</h1>\n\n<h2>Goals</h2>\n\n- a\n')

    assert outlined(charter) == [("Docs Group", 1, "title"), ("Goals", 2, "objectives")]


def test_two_html_headings_on_one_line_still_cover_each_line_once():
    charter = understood("<h2>Goals</h2><h2>Roles</h2>\n\n- a\n")

    assert covers_every_line(charter)


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("# Docs Working Group Charter\n\n## Mission\n", "Docs Working Group Charter", "Docs Working Group"),
        ("# Charter of the Docs Group\n\n## Mission\n", "Charter of the Docs Group", "Docs Group"),
        ("# Docs: Terms of Reference\n\n## Mission\n", "Docs: Terms of Reference", "Docs"),
        ("# Charter\n\n## Mission\n\nx\n", "Charter", None),
        ("---\ntitle: Docs Group\ndraft: true\n---\n\n## Mission\n\nx\n", "Docs Group", "Docs Group"),
        ('+++\ntitle = "Docs Group"\n+++\n\n## Mission\n\nx\n', "Docs Group", "Docs Group"),
        (
            "# Definition\n\nThe Garden and Orchard Working Group exists to plant.\n\n# Meetings\n\nWeekly.\n",
            "Garden and Orchard Working Group",
            "Garden and Orchard Working Group",
        ),
        ("# Purpose\n\nWe help.\n\n# Goals\n\n- a\n", None, None),
        ("# [Group name]\n\n## Purpose\n\nx\n", None, None),
        ("text and nothing else\n", None, None),
        ("## Docs WG\n\n## Goals\n\n- a\n", "Docs WG", "Docs WG"),
    ],
)
def test_title_is_that_of_the_whole_charter(text, title, name):
    charter = understood(text)

    assert (charter.title, charter.name) == (title, name)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Working Group Definition", "purpose"),
        ("Section 5. Responsibilities and Expectations of the Council", "responsibilities"),
        ("Section 6. Non-Responsibilities of the Council", "scope_out"),
        ("🎯 Objectives and Goals", "objectives"),
        ("Our Goals for 2025", "objectives"),
        ("Non-Goals", "scope_out"),
        ("What we don’t do", "scope_out"),
        ("Roles & Responsibilities", "roles"),
        ("Critical Annual Activities", "annual_activities"),
        ("Weekly Community Meeting", "meetings"),
        ("Decision-Making Process", "decisions"),
        ("How to Get Involved", "channels"),
        ("**Meeting Times**", "meetings"),
        ("Article IV. Amendments", "amendments"),
    ],
)
def test_subject_of_headings_in_other_words(heading, kind):
    assert subject(heading).kinds[0].value == kind


@pytest.mark.parametrize(
    "heading",
    ["Process for Aggregating Things", "Definition of projects", "Community Feedback", "Ziele", "Annual Meeting"],
)
def test_subject_of_other_headings_is_not_guessed(heading):
    assert subject(heading).kinds in ((), ("governance",))


@pytest.mark.parametrize("heading", ["Meeting Notes", "Past Meetings", "Emeritus Chairs", "Working Groups", "Budget"])
def test_subject_of_what_was_or_is_another_seals_the_section(heading):
    assert subject(heading).sealed


def test_two_subjects_of_one_heading_are_both_found():
    assert [kind.value for kind in subject("Meetings and Decisions").kinds] == ["meetings", "decisions"]


@pytest.mark.parametrize(
    ("heading", "number", "rest"),
    [
        ("2.1.3 Managers", "2.1.3", "Managers"),
        ("4. Meetings", "4", "Meetings"),
        ("Section 7. Elections", "7", "Elections"),
        ("§ 3 Quorum", "3", "Quorum"),
        ("II. Purpose", "", "Purpose"),
        ("A broad picture", "", "A broad picture"),
        ("2025", "", "2025"),
        ("Goals {#goals}", "", "Goals"),
    ],
)
def test_headings_part_into_number_and_words(heading, number, rest):
    assert parted(heading) == (number, rest)


def test_places_are_numbers_to_quote_and_anchors_to_link():
    charter = understood(
        "# G\n\n## Goals\n\n- **Reach out** – a\n- b\n\n### Later\n\n- c\n\n## Roles\n\n- **Chair**: leads\n"
    )

    assert [(o.number, o.anchor) for o in charter.objectives] == [
        ("1.1", "reach-out"),
        ("1.2", "goals-2"),
        ("1.3.1", "later-1"),
    ]
    assert [(role.number, role.anchor) for role in charter.roles] == [("2.1", "chair")]
    assert [(s.number, s.anchor) for s in charter.sections] == [
        ("", "g"), ("1", "goals"), ("1.3", "later"), ("2", "roles")
    ]  # fmt: skip


def test_places_keep_the_charters_own_numbers_and_stay_unique():
    charter = understood("# G\n\n## 2. Goals\n\n- a\n- b\n\n### 2.2 More\n\n## 3. Goals\n\n## Goals\n\n## 3. Goals\n")

    numbers = [section.number for section in charter.sections] + [one.number for one in charter.objectives]
    anchors = [section.anchor for section in charter.sections]
    assert [section.number for section in charter.sections] == ["", "2", "2.2", "3", "4", "5"]
    assert [one.number for one in charter.objectives] == ["2.1", "2.3"]
    assert len(set(numbers)) == len(numbers)
    assert len(set(anchors)) == len(anchors)


def test_prose_has_the_place_of_its_section():
    charter = understood("# G\n\n## Decisions\n\nWe decide by lazy consensus.\n")

    assert (charter.decision_rules[0].number, charter.decision_rules[0].anchor) == ("1", "decisions")


def test_links_within_are_checked_against_what_platforms_make_of_headings():
    charter = understood(
        "# G\n\n[a](#2-roles--more) [b](#roles-more) [c](#own) [d](#html) [e](#user-content-goals) [f](#goals-1) [g](#no)\n\n"
        '<a id="html"></a>\n\n## Goals\n\n## Goals\n\n## 2. Roles & more\n\n## Extra {#own}\n'
    )

    assert codes(charter) == [(3, "dead_internal_link")]
    assert charter.notes[0].params == {"fragment": "no"}


def test_links_out_are_listed_once_with_their_lines():
    charter = understood(
        "# G\n\n[A](https://a.org) <https://b.org> https://c.org/x. [again](https://a.org) [in](#g)\n"
        "[doc](docs/x.md) [evil](javascript:alert(1)) ![picture](https://d.org/p.png) [r][ref]\n\n[ref]: https://e.org\n"
    )

    assert [(link.name, link.url, link.lines.first) for link in charter.links] == [
        ("A", "https://a.org", 3),
        ("https://b.org", "https://b.org", 3),
        ("https://c.org/x", "https://c.org/x", 3),
        ("doc", "docs/x.md", 4),
        ("r", "https://e.org", 4),
    ]


def test_lines_are_right_after_code_and_links_over_a_line_end():
    charter = understood("# G\n\n`a\nb` [c\nd](https://x.org) e\nhttps://y.org f\n")

    assert [link.lines.first for link in charter.links] == [4, 6]


def test_a_long_charter_is_read_for_its_headings_to_the_end():
    charter = understood("# G\n\n" + "a\n" * 7_000 + "\n## Goals\n\n- a\n")

    assert charter.sections[-1].heading == "Goals"
    assert covers_every_line(charter)
