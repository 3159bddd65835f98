"""Notes: what a person should look at, with codes for programs and words for people."""

from __future__ import annotations

import json
import string

import pytest

from folkmoot.groups.domain.charter import Note, to_json
from folkmoot.groups.domain.charter.words.en.notes import CODES
from folkmoot.groups.domain.charter.words.notes import words
from tests.groups.domain.reading import codes, understood

M = "# G\n\n## Meetings\n\n"


@pytest.mark.parametrize(
    ("text", "line", "severity", "code"),
    [
        (M + "Weekly on Mondays at 17:00 CET.\n", 5, "error", "zone_open"),
        (M + "Weekly on Mondays at 17:00.\n", 5, "error", "zone_open"),
        (M + "Weekly on Mondays at 17:00 CET.\n", 5, "info", "zone_abbreviation"),
        (M + "Weekly on Mondays at 8:00 PT.\n", 5, "info", "zone_wall_time"),
        (M + "Bi-weekly starting Wed, Jan 23 2025.\n", 5, "warning", "start_weekday_mismatch"),
        (M + "Every Monday, starting 22 January 2025.\n", 5, "warning", "start_weekday_mismatch"),
        (M + "Bi-weekly on Mondays.\n", 5, "warning", "series_without_anchor"),
        ("# G\n\n[x](#nowhere)\n", 3, "warning", "dead_internal_link"),
        ("# G\n\n#### _COMING SOON!_\n", 3, "warning", "placeholder"),
        ("# G\n\nThe [GROUP NAME] helps.\n", 3, "warning", "placeholder"),
        ("# G\n\nEvery [X] weeks.\n", 3, "warning", "placeholder"),
        ("# G\n\nProcess TBD.\n", 3, "warning", "placeholder"),
        ("# G\n\n{TBD: write this}\n", 3, "warning", "placeholder"),
        ("# G\n\n- Chair:\n", 3, "warning", "placeholder"),
        ("# G\n\nWrite a paragraph about the group here.\n", 3, "warning", "placeholder"),
        ("# G\n\n## Goals\n\n- **A** – b\n- just text\n", 6, "warning", "objective_without_name"),
        ("# G\n\n## Goals\n\n- **A** – b\n- ** – text\n", 6, "warning", "objective_without_name"),
        ("# G\n\n## Goals\n\n- b\n- c\n", 5, "info", "objectives_without_names"),
        ("# G\n\n## Roles\n\n- **Chair**: leads\n\n## Chairs\n\nThe chairs sign.\n", 7, "warning", "role_twice"),
        ("# G\n\n## Roles\n\n- **Chair**\n", 5, "warning", "role_without_responsibilities"),
        ("# G\n\nMinutes are public.\n\nWe follow the Chatham House Rule.\n", 5, "warning", "duties_pull_apart"),
        ("# G\n\n## Annual Activities\n\n### Q1\n\n- a\n\n### Q2\n", 9, "info", "quarter_without_activities"),
    ],
)
def test_note_says_what_where_and_how_bad(text, line, severity, code):
    charter = understood(text)

    found = [(note.line, note.severity) for note in charter.notes if note.code == code]
    assert found == [(line, severity)]


@pytest.mark.parametrize(
    "text",
    [
        M + "Weekly on Mondays at 17:00 Europe/Berlin.\n",
        M + "Bi-weekly on Wednesdays at 16:00 UTC, starting 22 January 2025.\n",
        M + "Monthly, on the first Monday at 16:00 UTC.\n",
        "# G\n\n- [ ] open\n- [x] done\n- [X] done too\n",
        "# G\n\n[a link][ref] and `[code]` and [^1] and [RFC]\n\n[ref]: https://x.org\n\n[^1]: A note.\n",
        "# G\n\nThe date is to be decided by the managers together with the board of the foundation.\n",
        "# G\n\n## Roles\n\n- Chair\n\n## Chair\n\nThe chair leads.\n",
        "# G\n\nMinutes are published without names.\n\nWe follow the Chatham House Rule.\n",
        "# G\n\nMinutes are not public.\n\nWe follow the Chatham House Rule.\n",
        "# G\n\n[in](#goals) [top](#top)\n\n## Goals\n",
        "<!-- [insert name] TBD -->\n\n# G\n",
    ],
)
def test_nothing_is_noted_where_nothing_is_wrong(text):
    assert codes(understood(text)) == []


def test_a_zone_that_is_stated_is_no_error():
    for zone in ("UTC", "Europe/Berlin", "PT", "UTC+02:00", "Eastern Time"):
        assert not understood(f"{M}Weekly on Mondays at 17:00 {zone}.\n").has_errors


def test_zone_letters_are_shown_with_their_winter_and_summer():
    (note,) = [
        one for one in understood(f"{M}Weekly on Mondays at 17:00 BST.\n").notes if one.code == "zone_abbreviation"
    ]

    assert note.params["readings"][0] == {"zone": "Europe/London", "january": "17:00", "july": "16:00"}
    assert words(note)[0].startswith(
        "17:00 BST can be read as wall time in London (Europe/London): 17:00 UTC in January, 16:00 UTC in July; "
        "UTC+01:00: 16:00 UTC all year"
    )


def test_notes_are_in_the_order_of_their_lines():
    charter = understood("# G\n\nTBD\n\n## Goals\n\n- b\n\n[x](#y)\n\n" + M)

    assert [note.line for note in charter.notes] == sorted(note.line for note in charter.notes)


def test_notes_have_words_for_every_code_and_params_for_json():
    seen = {}
    for text in (
        "# G\n\n## Goals\n\n- a\n- **N** – b\n\n## Roles\n\n- **Chair** – a\n- **Chair** – b\n- **Scribe**\n\n## Annual Activities\n\n### Q1\n",
        f"{M}Bi-weekly starting Wed, Jan 23 2025 at 8 am PST.\n",
        f"{M}Bi-weekly on Mondays at 8 am PT\n",
        f"{M}Weekly.\n\n| Zone | Time |\n|---|---|\n| PST | 8 am |\n| IST | 9:30 pm |\n| Moon | 7 am |\n",
        f"{M}Weekly.\n\n| Zone | Time |\n|---|---|\n| PST | 8 am |\n| JST | 8 am |\n",
        f"{M}Weekly on Mondays at 9:00 PT (17:00 UTC)\n",
        "# G\n\n## Goals\n\n- a\n\n[x](#y)\n\nTBD\n\nMinutes are public. We follow the Chatham House Rule.\n",
    ):
        seen.update({note.code: note for note in understood(text).notes})

    assert set(seen) == CODES
    for note in seen.values():
        message, suggestion = words(note)
        assert message[0] not in string.ascii_lowercase
        assert message.endswith(".")
        assert suggestion is None or suggestion.endswith((".", "”."))
        assert json.loads(json.dumps(note.params)) == note.params


def test_words_of_an_unknown_language_are_english():
    note = Note(1, "info", "quarter_without_activities", {"quarter": "Q2"})

    assert words(note, "tlh") == words(note, "en")


def test_json_carries_notes_with_their_words():
    reading = to_json(understood("# G\n\nTBD\n"))

    assert reading["notes"] == [
        {
            "line": 3,
            "severity": "warning",
            "code": "placeholder",
            "message": "“TBD” still has to be filled in.",
            "suggestion": "Write what is meant here, or take it out.",
            "params": {"text": "TBD"},
        }
    ]
