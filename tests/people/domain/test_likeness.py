from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.people.domain.likeness import alike, seek_key, skeleton


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Jonas Mäkelä", "jonas makela"),
        ("Ja\u0308rvi", "jarvi"),
        ("Łukasz Ødegård", "lukasz odegard"),
        ("  Ada   Oakes ", "ada oakes"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("نور الحدّاد", "نور الحداد"),
        ("Ollie 🌻", "ollie 🌻"),
        ("A\u200bda", "ada"),
        ("Ａｄａ", "ada"),
    ],
)
def test_seek_key_leaves_case_and_marks_out(name, key):
    assert seek_key(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wren Ashdown", "Wrеn Аshdоwn"),  # Cyrillic е, А, о
        ("Wren Ashdown", "WREN ASHDOWN"),
        ("Wren Ashdown", "Wren  Ash\u200bdown"),
        ("Wren Ashdown", "Ｗren Ashdown"),
        ("Wren Ashdown", "W.R.E.N Ashdown"),
        ("Noel Ip", "Νoel Ιp"),  # Greek Nu and Iota
        ("Bill O'Hara", "8ill O’Hara".replace("8", "В")),
        ("Al One", "A1 0ne"),
        ("Marn", "Mam"),
        ("Зоран", "3оран".replace("3", "З")),
    ],
)
def test_names_that_look_the_same_are_alike(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Wren Ashdown", "Wren Ashton"), ("Ada", "Adaeze"), ("山田花子", "山田太郎"), ("!!!", "???"), ("", "")],
)
def test_other_names_are_not_alike(one, other):
    assert not alike(one, other)


@given(st.text(max_size=60))
def test_composed_and_decomposed_are_one(name):
    assert seek_key(unicodedata.normalize("NFD", name)) == seek_key(unicodedata.normalize("NFC", name))
    assert skeleton(unicodedata.normalize("NFD", name)) == skeleton(unicodedata.normalize("NFC", name))


@given(st.text(max_size=60))
def test_case_does_not_matter(name):
    assert skeleton(name.casefold()) == skeleton(name)
