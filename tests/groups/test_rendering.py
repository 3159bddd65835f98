from __future__ import annotations

import pytest

from folkmoot.groups.charter_page import ShownClause
from folkmoot.groups.domain.charter import read, to_json
from folkmoot.groups.models import Clause
from folkmoot.groups.rendering import rendered_clauses

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='vbscript:x'>x</a>",
    "<svg><script>alert(1)</script><foreignObject><iframe src=//evil.example></foreignObject></svg>",
    "<iframe srcdoc='<script>x</script>'></iframe>",
    "<p style='background:url(//evil.example)' onclick=x()>x</p>",
    "<form action=//evil.example><button>x</button></form>",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "![x](//evil.example/track.gif)",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<details open ontoggle=alert(1)>x</details>",
]


FORBIDDEN = (
    '="javascript', '="vbscript', '="data:', "<script", "<iframe", "<svg", "<img", "<style", "<form", "<base", "<math",
    "onerror", "onclick", "ontoggle", "style=", "src=",
)  # fmt: skip


def clauses(text: str):
    return list(rendered_clauses(text, to_json(read(text.encode()))))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_markup_is_rendered_inert(hostile):
    html = "".join(c.html for c in clauses(f"# Purpose\n\n{hostile}\n\n* **{hostile}** - {hostile}\n")).lower()

    for word in FORBIDDEN:
        assert word not in html.replace("&lt;", "")


def test_every_section_has_its_own_text_and_no_other():
    found = clauses("Before.\n\n# One\n\nFirst.\n\n## Two\n\nSecond.\n\n# Three\n\nThird.\n")

    assert [(c.heading, c.html.strip()) for c in found] == [
        ("", "<p>Before.</p>"),
        ("One", "<p>First.</p>"),
        ("Two", "<p>Second.</p>"),
        ("Three", "<p>Third.</p>"),
    ]


def test_links_defined_at_the_end_work_everywhere():
    found = clauses("# One\n\nSee [the rule].\n\n# Two\n\n[the rule]: https://example.org/rule\n")

    assert 'href="https://example.org/rule"' in found[0].html


def test_items_carry_their_permalinks():
    text = "# Group\n\n## Objectives\n\n* **Warmth** - Rooms.\n* **Light** - Words.\n"
    found = clauses(text)
    items = [c for c in found if c.kind == "objective"]
    html = next(c.html for c in found if c.kind == "objectives")

    assert [c.heading for c in items] == ["Warmth", "Light"]
    assert all(f'id="{c.anchor}"' in html for c in items)


def test_outward_links_say_nothing_about_us():
    assert 'rel="noopener noreferrer nofollow"' in clauses("[x](https://example.org)\n")[0].html


@pytest.mark.parametrize("href", ["../../accounts/logout/", "//evil.example", "./CODE_OF_CONDUCT.md", "/groups/new/"])
def test_links_into_a_repository_lead_nowhere_here(href):
    assert "href" not in clauses(f"[x]({href})\n")[0].html


def test_ids_of_the_text_do_not_take_the_place_of_ours():
    assert "id=" not in clauses('<p id="main">x</p>\n\n<ul><li id="skip">x</li></ul>\n')[0].html


@pytest.mark.parametrize(
    ("number", "heading", "quoted"),
    [
        ("1.1", "1.1 Objectives", "§ 1.1 Objectives"),
        ("2", "2. Who we are", "§ 2 Who we are"),
        ("3", "§ 3: When we meet", "§ 3 When we meet"),
        ("4", "Roles", "§ 4 Roles"),
        ("5", "2027 in short", "§ 5 2027 in short"),
        ("", "The charter", "The charter"),
    ],
)
def test_clause_is_quoted_with_its_number_once(number, heading, quoted) -> None:
    assert str(Clause(number=number, heading=heading)) == quoted


def test_heading_on_the_page_has_its_number_once() -> None:
    clause = Clause(number="1.1", heading="1.1 Objectives", anchor="objectives")

    heading = str(ShownClause(clause, 3).heading)

    assert heading.startswith('<h3 id="objectives-title"><span class="clause-number">1.1</span> Objectives <a')
    assert "Link to “Objectives”" in heading
