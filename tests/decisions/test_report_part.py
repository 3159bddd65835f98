from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.decisions.models import Status
from folkmoot.plan.domain.periods import Month
from folkmoot.plan.report_parts import REPORT_PARTS
from tests.factories.decisions import proposed, recorded

pytestmark = pytest.mark.django_db


def test_report_says_what_was_decided_in_the_month(lantern):
    old = recorded(lantern, title="Old *lamps*", on_day=dt.date(2026, 10, 31))
    recorded(lantern, title="New lamps", supersedes=old, on_day=dt.date(2026, 11, 1))
    recorded(lantern, title="Candles", on_day=dt.date(2026, 11, 2))
    recorded(lantern, title="Torches", status=Status.DECLINED)
    proposed(lantern)

    said = REPORT_PARTS["decisions"].draft(lantern, Month(2026, 11))

    assert said == "- **2026-2** New lamps, on a call; takes the place of 2026-1\n- **2026-3** Candles, on a call"
    assert REPORT_PARTS["decisions"].draft(lantern, Month(2026, 9)) == ""
