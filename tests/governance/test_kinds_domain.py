"""Empty seats by rule, counts in steps, and what Belenios is told; no database."""

from __future__ import annotations

import json
from datetime import date
from itertools import product

import pytest

from folkmoot.governance.domain.belenios import Question, belenios_way, template, voters
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.empty_seats import Empty, Way, months_left, way_of
from folkmoot.governance.domain.steps_of_counts import in_steps
from folkmoot.kit.errors import Refused

NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("since", "until", "way"),
    [
        (date(2026, 4, 30), NOVEMBER, Way.APPOINT),  # more than six months by a day
        (date(2026, 5, 1), NOVEMBER, Way.WAIT),  # six months to the day are not more than six
        (date(2026, 8, 31), date(2027, 2, 28), Way.WAIT),  # six months after 31 August is the end of February
        (date(2026, 8, 31), date(2027, 3, 1), Way.APPOINT),
        (date(2026, 2, 28), date(2026, 4, 1), Way.REGULAR),  # would be over by now
        (date(2026, 4, 30), None, Way.REGULAR),
    ],
)
def test_what_is_left_on_the_day_it_fell_empty_decides(since, until, way):
    on = date(2026, 9, 1)

    assert way_of(Empty(since, until), on=on, months=6) == way
    elected = Way.ELECT if way == Way.APPOINT else way
    assert way_of(Empty(since, until), on=on, months=6, by_election=True) == elected


def test_seat_whose_term_was_served_is_filled_as_usual_and_months_are_whole():
    assert way_of(None, on=NOVEMBER, months=6) == Way.REGULAR
    assert [
        months_left(date(2026, 1, 31), until) for until in (date(2026, 2, 27), date(2026, 2, 28), date(2027, 1, 30))
    ] == [0, 1, 11]
    assert months_left(NOVEMBER, date(2026, 1, 1)) == 0


def test_published_steps_fit_with_nobody_having_given_any_rare_answer():
    """Whoever knows the steps and that there are seven people tries all counts there can be behind them."""
    options, people = ["a", "b", "c"], 7
    behind: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for counts in product(range(people + 1), repeat=3):
        if sum(counts) <= people:
            shown = tuple(in_steps(dict(zip(options, counts, strict=True)), options).values())
            behind.setdefault(shown, []).append(counts)

    for shown, possible in behind.items():
        for place, step in enumerate(shown):
            values = {counts[place] for counts in possible}
            assert min(values) == step
            assert len(values) > 1
    # The control: with every count told, somebody alone stands there.
    with pytest.raises(ValueError, match="tells every count"):
        in_steps({"a": 1}, options, step=1)


def test_belenios_is_told_questions_in_its_two_kinds():
    told = json.loads(
        template(
            "Committee",
            "Two contests",
            [
                Question("Seats", ("Ada", "Bo"), Method.SCOTTISH_STV),
                Question("Colour", ("Red", "Blue"), Method.APPROVAL),
            ],
            administrator="Lantern",
        )
    )

    ranked, approved = told["questions"]
    assert ranked == {"type": "NonHomomorphic", "value": {"answers": ["Ada", "Bo"], "question": "Seats"}}
    assert approved["value"] == {"answers": ["Red", "Blue"], "question": "Colour", "blank": True, "min": 1, "max": 2}
    assert len({belenios_way(method, 2) for method in Method}) == 4


def test_list_of_voters_has_each_address_once_on_a_line_of_its_own():
    assert voters(["bo@example.org", "Ada@example.org", "BO@example.org"]) == "Ada@example.org\nbo@example.org\n"
    for address in ("a@example.org,root", "a@example.org\nb@example.org", ""):
        with pytest.raises(Refused) as refused:
            voters([address])
        assert refused.value.code == "wrong_address"
