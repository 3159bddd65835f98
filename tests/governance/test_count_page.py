"""The page on which anybody counts published ballots again."""

from __future__ import annotations

import io
import json
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from folkmoot.governance.domain.bundles import verify
from folkmoot.governance.domain.counting.files import read_ballots
from folkmoot.governance.forms.counting import MOST_BYTES, file_of, kept_of
from folkmoot.people.guards import stamp

pytestmark = pytest.mark.django_db

BLT = '4 2\n7 1 2 0\n2 1 3 0\n4 2 0\n3 3 0\n1 4 3 0\n0\n"Ana"\n"Ben <b>"\n"Cleo"\n"Dan"\n"The harbour committee"\n'


def asked(text: str = BLT, **fields: str) -> dict:
    file = SimpleUploadedFile("ballots.blt", text.encode()) if text else None
    return {
        "opened": stamp(time.time() - 60), "method": "scottish-stv", **({"file": file} if file else {}), **fields,
    }  # fmt: skip


def kept_in(page: str) -> str:
    return page.partition('name="kept" value="')[2].partition('"')[0]


def test_count_is_shown_with_chart_story_and_table(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):  # the organisation, and its groups in the menu
        answer = client.post("/count/", asked())
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Ana and Ben &lt;b&gt; are elected." in page
    assert "<b>" not in page
    assert escape("2. Ana had 3 more").removeprefix("2. ") in page
    assert '<svg class="chart" role="img"' in page
    assert "6.33331" in page
    assert "Would something else have elected somebody else?" in page


def test_file_waits_in_the_page_and_nowhere_else(client) -> None:
    first = client.post("/count/", asked()).content.decode()

    second = client.post("/count/", asked("", kept=kept_in(first), method="schulze"))

    assert file_of(kept_in(first)) == BLT.encode()
    assert second.status_code == 200
    assert "Each against each" in second.content.decode()


def test_count_is_taken_away_in_each_form(client) -> None:
    taken = {
        kind: client.post("/count/", asked(**{"as": kind})) for kind in ("json", "blt", "bundle", "card", "offline")
    }

    assert json.loads(taken["json"].content)["elected"] == ["Ana", "Ben <b>"]
    assert read_ballots(taken["blt"].content) == read_ballots(BLT.encode())
    assert verify(taken["bundle"].content).is_right
    with zipfile.ZipFile(io.BytesIO(taken["bundle"].content)) as archive:
        assert archive.read("ballots.blt") == BLT.encode()
    assert b"Ben &lt;b&gt;" in taken["card"].content
    assert [one.headers["Content-Disposition"] for one in taken.values()] == [
        f'attachment; filename="{name}"'
        for name in ("result.json", "ballots.blt", "count.zip", "card.svg", "result.html")
    ]


@pytest.mark.parametrize(
    ("text", "fields", "words"),
    [
        ("", {}, "Please choose a file."),
        ("", {"kept": "nonsense"}, "Please choose a file."),
        ("2 1\n1 3 0\n0\n", {}, "Line 2, column 3: expected a candidate from 1 to 2"),
        (BLT, {"method": "irv"}, "Instant run-off fills one seat."),
        (BLT, {"cap": "1"}, "A cap needs the affiliations"),
        (BLT, {"terms": "2,x"}, "Years are written like this"),
        (BLT, {"unranked_last": "on"}, "Only Schulze and ranked pairs"),
        (BLT, {"method": "yes-no"}, "A question has the candidates Yes and No"),
        (BLT, {"vacated": "Dan"}, "was not elected"),
        ("A,B\n1,2\n", {}, "how many seats"),
        (BLT, {"opened": "x"}, "That was very quick."),
        (BLT, {"homepage": "https://example.org"}, "Count ballots again"),
    ],
)
def test_what_cannot_be_counted_is_said_and_nothing_is_lost(client, text, fields, words) -> None:
    answer = client.post("/count/", asked(text, **fields))
    page = answer.content.decode()

    assert answer.status_code == 400
    assert words in page
    if text == BLT and "homepage" not in fields:
        assert file_of(kept_in(page)) == BLT.encode()


def test_all_rules_of_the_form_are_kept_to(client) -> None:
    page = client.post(
        "/count/",
        asked(
            seats="2", cap="1", affiliations="candidate,affiliation\nAna,Harbour\nBen <b>,Harbour\n", terms="2,1",
            seed="x", withdrawn="Dan",
        ),
    ).content.decode()  # fmt: skip
    question = client.post(
        "/count/",
        asked("Yes,No\n1,\n1,\n,1\n", method="yes-no", threshold="2/3", of="voters", members="4", quorum="50%"),
    ).content.decode()

    assert "Ana and Cleo are elected. Terms: Ana 2 years, Cleo 1 year." in page
    assert "displaced" in page
    assert "withdrew" in page
    assert "Not carried: 2 of 4 said yes, and 3 had to." in question


def test_open_tie_is_told(client) -> None:
    page = client.post("/count/", asked("A,B\n1,2\n2,1\n", method="schulze", seats="1")).content.decode()

    assert "A tie is left" in page
    assert "Nobody is elected" in page


def test_counting_too_often_is_refused(client, freeze) -> None:
    freeze("2026-12-17T12:00Z")

    answers = [client.post("/count/", {}).status_code for _ in range(31)]

    assert answers == [400] * 30 + [429]


def test_more_than_a_megabyte_is_left_to_the_command(client) -> None:
    answer = client.post("/count/", asked(BLT + "\n" * MOST_BYTES))

    assert answer.status_code == 400
    assert "The command folkmoot count takes 32 MB." in answer.content.decode()
    assert file_of(kept_of(bytes(MOST_BYTES + 1))) is None


def test_what_takes_too_long_is_left_to_the_command(client, monkeypatch) -> None:
    told = "That takes longer than this page can wait. The command folkmoot count does it."
    monkeypatch.setattr("folkmoot.governance.views.counting.LONGEST_OTHERS", -1)
    compared = client.post("/count/", asked())
    monkeypatch.setattr("folkmoot.governance.views.counting.LONGEST_COUNT", -1)
    refused = [client.post("/count/", asked(**{"method": "meek-stv", **more})) for more in ({}, {"as": "json"})]

    assert (compared.status_code, f"Not counted: {told}" in compared.content.decode()) == (200, True)
    assert [(one.status_code, told in one.content.decode()) for one in refused] == [(400, True)] * 2


def test_slowest_file_of_a_megabyte_is_counted_in_seconds(client) -> None:
    names = [str(place) for place in range(1, 41)]
    lines = [f"1 {' '.join(names[turn:] + names[:turn])} 0" for turn in range(40)] * 200
    text = "40 8\n" + "\n".join(lines) + "\n0\n" + "\n".join(f'"{place}"' for place in range(40))

    started = time.process_time()
    answer = client.post("/count/", asked(text, method="meek-stv", seed="x"))

    assert answer.status_code == 200
    assert time.process_time() - started < 5
