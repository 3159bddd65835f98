"""Everybody who is named in a text is found, however the name is written. All people are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.meetings.domain.attribution import Known, cleared, find_mentions, proposed_public

ADA = Known(
    "ada",
    ("Ada Lindqvist-Moreau", "Adelaide Lindqvist-Moreau"),
    ("ada-lm",),
    ("ada.l@example.org",),
    ("Quillon Labs GmbH",),
)
BJORN = Known("bjorn", ("Bjørn Ødegård",), ("bjode7",))
TARO = Known("taro", ("山田太郎",))
PEOPLE = (ADA, BJORN, TARO)


def found(text: str):
    return [
        (hit.key, hit.kind, text[hit.start : hit.end], hit.sure) for hit in find_mentions(PEOPLE, {"minutes": text})
    ]


@pytest.mark.parametrize(
    ("text", "key", "kind", "said", "sure"),
    [
        ("then Ada Lindqvist-Moreau agreed", "ada", "name", "Ada Lindqvist-Moreau", True),
        ("then ada lindqvist moreau agreed", "ada", "name", "ada lindqvist moreau", True),
        ("then Ada Moreau's idea", "ada", "name", "Ada Moreau", True),
        ("then Moreau, Ada", "ada", "name", "Moreau, Ada", True),
        ("then A. Moreau agreed", "ada", "name", "A. Moreau", True),
        ("then Ada K. Moreau agreed", "ada", "name", "Ada K. Moreau", True),
        ("then Ada\n> Lindqvist-Moreau agreed", "ada", "name", "Ada\n> Lindqvist-Moreau", True),
        ("then Ada\u00a0Lindqvist\u2011Moreau agreed", "ada", "name", "Ada\u00a0Lindqvist\u2011Moreau", True),
        ("then **A**da _Lind_qvist-Moreau agreed", "ada", "name", "A**da _Lind_qvist-Moreau", True),
        ("then A&#100;a M&ouml;reau agreed", "ada", "name", "A&#100;a M&ouml;reau", True),
        ("then A<b>d</b>a Mor\u00adeau agreed", "ada", "name", "A<b>d</b>a Mor\u00adeau", True),
        ("then \u0410d\u0430 M\u043ereau agreed", "ada", "name", "\u0410d\u0430 M\u043ereau", True),
        ("then Bjo\u0308rn Odegard agreed", "bjorn", "name", "Bjo\u0308rn Odegard", True),
        ("then Ada agreed", "ada", "part", "Ada", False),
        ("then the Moreau plan", "ada", "part", "Moreau", False),
        ("ask @ada-lm about it", "ada", "handle", "ada-lm", True),
        ("ask ada_lm about it", "ada", "handle", "ada_lm", True),
        ("see [her](https://code.example/ada-lm)", "ada", "handle", "ada-lm", True),
        ("mail ada.l@example.org now", "ada", "address", "ada.l@example.org", True),
        ("mail ada.l at example dot org now", "ada", "address", "ada.l at example dot org", True),
        ("as Quillon Labs does it", "ada", "employer", "Quillon Labs", True),
        ("notes\n- AM: we should", "ada", "initials", "AM", True),
        ("to be done (AM)", "ada", "initials", "AM", False),
        ("昨日、山田太郎さんは", "taro", "name", "山田太郎", True),
    ],
)
def test_a_mention_is_found_in_disguise(text, key, kind, said, sure):
    assert found(text) == [(key, kind, said, sure)]


@pytest.mark.parametrize("text", ["Adam and Nevada agreed", "the amount: 5", "AM radio", "a moreaux dish", ""])
def test_other_words_are_no_mentions(text):
    assert found(text) == []


def test_a_hit_tells_where_it_is():
    [hit] = find_mentions(PEOPLE, {"notice": "One.\n\nAda Moreau: hello"})

    assert (hit.channel, hit.line, hit.speaker, hit.excerpt) == ("notice", 3, True, "One. Ada Moreau: hello")


def test_speakers_become_neutral_words_and_the_rest_stays():
    text = "## Budget\n\n- **Ada Moreau** (Quillon): we need it, says Bjørn\n- AM/BO: yes\n[bjode7] no\n"

    public = proposed_public(text, find_mentions(PEOPLE, {"minutes": text}))

    assert public == (
        "## Budget\n\n- **One participant** (Quillon): we need it, says Bjørn\n"
        "- One participant/BO: yes\n[One participant] no\n"
    )


NAMES = st.sampled_from(
    [
        "Ada Lindqvist-Moreau",
        "Ada Moreau",
        "Moreau, Ada",
        "Bjørn Ødegård",
        "ada.l@example.org",
        "@ada-lm",
        "@bjode7",
        "Quillon Labs",
    ]
)
BETWEEN = st.sampled_from(["**", "_", "\u00ad", "\u200b", "\u2060", "<i>", "`", "\u0301", "\\"])
CASES = st.sampled_from([str.upper, str.lower, str.title, str, lambda name: name.replace(" ", "\u00a0")])
AROUND = st.text("xyz qwj.,:;!?()-\n*>#", max_size=20)


@st.composite
def disguised(draw):
    """A name with something that cannot be seen, or only changes its look, put between its letters."""
    name = draw(CASES)(draw(NAMES))
    parts = []
    for place, char in enumerate(name):
        inner = place > 0 and name[place - 1].isalpha() and char.isalpha()
        if inner and draw(st.integers(0, 5)) == 0:
            parts.append(draw(BETWEEN))
        parts.append(f"&#{ord(char)};" if char.isalpha() and draw(st.integers(0, 9)) == 0 else char)
    return "".join(parts)


@settings(max_examples=80, deadline=None)
@given(AROUND, disguised(), AROUND)
def test_no_disguise_hides_anybody_and_a_cleared_text_names_nobody(before, name, after):
    text = f"{before} {name} {after}"

    hits = find_mentions(PEOPLE, {"minutes": text})

    assert hits
    assert find_mentions(PEOPLE, {"minutes": cleared(text, hits)}) == ()


def test_many_minutes_are_looked_through_quickly(process_time):
    people = [Known(str(n), (f"Given{n} Family{n}",), (f"hand{n}",), (f"g{n}@firm{n}.example",)) for n in range(100)]
    texts = {str(n): f"- Given{n} Family{n}: the budget was agreed upon by all who came\n" * 40 for n in range(100)}

    with process_time(most=2.0):
        hits = find_mentions(people, texts)

    assert len(hits) == 40 * 100
