"""The chart of a count and the card to share."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from folkmoot.governance.domain.chart import Bar, ChartWords, bars, card, chart
from folkmoot.governance.domain.counting.ballots import ranked
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.given import count_given
from tests.governance.domain.counting.elections import TENNESSEE, counted, election
from tests.governance.domain.test_bundles import committee

VOTE = 10**5


def test_bars_hold_what_came_at_first_and_at_most() -> None:
    result = count_given(committee())[1]

    assert bars(result) == [
        Bar("Ana", 9 * VOTE, 9 * VOTE, elected=1),
        Bar("Cleo", 3 * VOTE, 4 * VOTE, elected=4),
        Bar("Dan", 1 * VOTE, 1 * VOTE, out=4),
        Bar("Ben", 4 * VOTE, 4 * VOTE, out=2),
    ]


def test_chart_says_in_words_what_it_draws() -> None:
    drawn = chart(count_given(committee())[1], ChartWords(quota="Hürde %s", out="raus in Runde %s"))
    texts = [element.text for element in ET.fromstring(drawn).iter("text")]

    assert texts == [
        "Ana", "9 · elected", "Cleo", "4 · elected", "Dan", "1 · raus in Runde 4", "Ben", "4 · raus in Runde 2",
        "Hürde 6",
    ]  # fmt: skip


def test_pairs_have_no_quota_and_nothing_is_drawn_for_nobody() -> None:
    assert "<line" not in chart(counted(TENNESSEE, Method.SCHULZE))
    assert 'width="0.00%"' in chart(counted(election("2", candidates="AB"), Method.APPROVAL, draw="AB"))


def test_names_cannot_break_out_of_chart_and_card() -> None:
    name = "<b>\"&'"
    result = counted(ranked([name, "B" * 200], [([[name]], 3)]), Method.PLURALITY)

    for drawn in (chart(result), card(result, "<i>Title")):
        assert "<b>" not in drawn
        assert ET.fromstring(drawn).tag.endswith("svg")
    assert "B" * 40 not in chart(result)


def test_card_breaks_long_lists_of_names() -> None:
    many = counted(election("9 " + ">".join(f"Candidate Number {n}" for n in range(12))), Method.APPROVAL, 12)
    texts = [element.text for element in ET.fromstring(card(many)).iter() if element.text]

    assert len(texts) == 2 + 5
    assert texts[-1] == "Approval voting · 12 seats · 9 ballots"
