"""A list of names as people paste it, beside the people of a group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.meetings.domain.name_list import Found, Named, find_people, guest_key, names_in

PEOPLE = {1: "Adaeze Okonjo", 2: "Jonas Mäkelä", 3: "Tomás Queiroz", 4: "Pim", 5: "Ana Lima", 6: "Ana Lima"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada\nBen\n\n  Cleo ", ["Ada", "Ben", "Cleo"]),
        ("Ada, Ben,Cleo", ["Ada", "Ben", "Cleo"]),
        ("Attendees:Ada; Ben", ["Attendees:Ada", "Ben"]),
        ("- Ada\n* Ben\n• Cleo\n1. Dan\n12) Eva\n- [x] Finn", ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn"]),
        ("Ada <ada@example.org>\nBen", ["Ada", "Ben"]),
        ("Okonjo, Adaeze\nLima, Ana", ["Okonjo, Adaeze", "Lima, Ana"]),
        ("Ada\nADA\nadá", ["Ada"]),
        ("\u202eAda\u202c\x00\n…\n\u200b\n--", ["Ada"]),
        ("", []),
    ],
)
def test_names_are_taken_from_the_shapes_that_people_paste(text, names):
    assert [one.name for one in names_in(text)] == names


def test_what_stands_in_brackets_is_whom_somebody_came_for():
    assert names_in("- Ada (The library)\n- Ada [guest]\n- Ada") == [
        Named("Ada", "The library"),
        Named("Ada", "guest"),
        Named("Ada"),
    ]


@pytest.mark.parametrize("name", ["Adaeze Okonjo", "adaeze  OKONJO", "Okonjo, Adaeze"])
def test_same_name_is_found_without_regard_to_case_marks_and_order(name):
    assert find_people([Named(name)], PEOPLE) == [Found(Named(name), 1)]


def test_marks_do_not_matter_either_way():
    assert [one.person for one in find_people([Named("Jonas Makela"), Named("Tomas Queiróz")], PEOPLE)] == [2, 3]


def test_what_is_only_alike_is_offered_and_never_chosen():
    found = find_people([Named("Adaeze"), Named("Jonas"), Named("Pim van Dam"), Named("Аdaeze Оkonjo")], PEOPLE)

    assert [(one.person, one.alike) for one in found] == [(None, (1,)), (None, (2,)), (None, (4,)), (None, (1,))]


def test_two_people_of_one_name_are_both_offered():
    assert find_people([Named("Ana Lima")], PEOPLE) == [Found(Named("Ana Lima"), None, (5, 6))]


def test_unknown_name_is_nobody():
    assert find_people([Named("Zed Quill")], PEOPLE) == [Found(Named("Zed Quill"))]


def test_guest_is_known_by_name_and_affiliation():
    assert guest_key("Jo  Brook", "The Library") == guest_key("JO BROOK", "the library")
    assert guest_key("Jo Brook", "") != guest_key("Jo Brook", "The Library")


@given(st.text(max_size=300))
def test_any_text_is_survived_and_every_name_can_be_shown(text):
    for one in names_in(text):
        assert one.name.strip()
        assert "\n" not in one.name
