from __future__ import annotations

import unicodedata

import pytest

from folkmoot.kit.errors import Refused
from folkmoot.people.names import LONGEST, clean_name


@pytest.mark.parametrize(
    "name",
    ["Pim", "Seán O’Connor-Ní Bhriain", "نور الحدّاد", "山田花子", "👩‍🌾 Farmer", "Łukasz", "X Æ A-12", "a" * LONGEST],
)
def test_clean_name_keeps_what_people_are_called(name):
    assert clean_name(name) == unicodedata.normalize("NFC", name)


def test_clean_name_makes_equal_what_looks_equal():
    assert clean_name("Ame\u0301lie") == clean_name("Am\u00e9lie")


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\u202e", "\x00", "\u200d\u200b", "a" * (LONGEST + 1)])
def test_clean_name_refuses_names_that_show_nothing_or_too_much(name):
    with pytest.raises(Refused):
        clean_name(name)


def test_clean_name_drops_what_would_steer_or_break_the_line():
    assert clean_name("Ada\u202e\x07\n Oakes") == "Ada Oakes"
