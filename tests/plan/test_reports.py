from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connections

from folkmoot.groups.actions import end_participation
from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import cancel_meeting
from folkmoot.plan.actions import drop_task, finish_line, finish_task, reports
from folkmoot.plan.actions.goals import check_in, note_value
from folkmoot.plan.actions.initiatives import write_update
from folkmoot.plan.actions.registers import keep_risk
from folkmoot.plan.actions.reports import (
    draft_report,
    edit_report,
    fingerprint,
    publish_correction,
    publish_report,
    report_text,
)
from folkmoot.plan.domain.periods import Month
from folkmoot.plan.goal_tasks import draft_reports
from folkmoot.plan.models import Confidence, Report, ReportPiece, ReportRevision
from folkmoot.plan.report_parts import REPORT_PARTS
from tests.factories.groups import group, join
from tests.factories.meetings import actor, meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import (
    checklist,
    goal,
    initiative,
    key_result,
    last_entry,
    owned,
    tellings,
    template,
    told_since,
)

pytestmark = pytest.mark.django_db

NOVEMBER, OCTOBER = Month(2026, 11), Month(2026, 10)


def says(of: Group, name: str, month: Month = NOVEMBER) -> str:
    return REPORT_PARTS[name].draft(of, month)


def piece(report: Report, name: str) -> ReportPiece:
    return report.pieces.get(name=name)


def edit(report: Report, name: str, text: str, *, by=None, **given):
    values = {"seen": {}, "is_public": report.is_public}
    return edit_report(report, texts={name: text}, **{**values, **given}, by=by or system())


# What the record says


def test_people_are_counted_and_not_named(lantern, ada, ben):
    end_participation(ben.participations.get(), by=system())

    assert says(lantern, "people") == (
        "- 2 people joined.\n- 1 person left.\n- At the end of the month 1 person was in the group."
    )
    assert says(lantern, "people", OCTOBER) == "- At the end of the month 0 people were in the group."


def test_tasks_and_checklists_that_were_done_are_counted(lantern, ben):
    finish_task(owned(lantern, ben), by=ben)
    drop_task(owned(lantern, ben), why="No need.", by=system())
    owned(lantern, ben)
    assert says(lantern, "tasks") == "- 1 task was done."

    template(lantern)
    for line in checklist(lantern, ben, anchor=dt.date(2026, 11, 26)).lines.all():
        finish_line(line, by=ben)
    finish_task(owned(lantern, ben), by=ben)

    assert says(lantern, "tasks") == "- 2 tasks were done.\n- 1 checklist was done to its end."
    assert says(lantern, "tasks", OCTOBER) == ""


def test_goals_say_where_they_stand_and_what_has_changed(lantern, ada):
    wanted = goal(lantern, "People *meet*")
    result = key_result(wanted)
    note_value(result, value=Decimal(2), on=dt.date(2026, 10, 20), words="Seen.", by=ada)
    note_value(result, value=Decimal(5), on=dt.date(2026, 11, 20), words="Seen.", by=ada)
    check_in(wanted, confidence=Confidence.AT_RISK, words="Half\nway.", by=ada)
    goal(lantern, "Not of this quarter", period=wanted.period.next)

    assert says(lantern, "goals") == (
        "- **People \\*meet\\*** (October to December 2026): 50 per cent of the way (20 a month ago), at risk\n"
        "  - Pairs who met: 5 pairs, before 2; wanted: 10\n"
        "  - Half way."
    )
    assert says(lantern, "goals", OCTOBER) == (
        "- **People \\*meet\\*** (October to December 2026): 20 per cent of the way\n"
        "  - Pairs who met: 2 pairs; wanted: 10"
    )


def test_initiatives_activities_risks_and_calls_say_what_happened(lantern, ada):
    running = initiative(lantern, lead=ada)
    write_update(running, words="* It *goes*.", by=ada)
    keep_risk(lantern, title="Shared", likelihood=1, impact=1, is_shareable=True, by=system())
    keep_risk(lantern, title="Kept inside", likelihood=5, impact=5, by=system())

    assert says(lantern, "initiatives") == (
        "- **Coffee across zones** went from proposed to sandbox: It is time.\n"
        "- **Coffee across zones**, 26 November: It goes."
    )
    assert says(lantern, "risks") == "- Shared"
    assert [says(lantern, name) for name in ("activities", "calls", "asks", "next")] == ["", "", "", ""]


def test_calls_say_how_many_there_were_and_which_were_called_off(clock):
    of = meeting_group()
    cancel_meeting(next_meeting(of), why="Holiday", by=system())

    said = says(of, "calls", Month(2026, 12))

    assert said.startswith("- 1 call was on the calendar.\n- The call of ")
    assert said.endswith(" was called off: Holiday")


# Drafting and editing


@pytest.mark.parametrize("who", ["stranger", "observer", "participant", "manager", "other group's manager", "steward"])
def test_who_may_draft_edit_and_publish(lantern, who):
    by, report = actor(who, lantern), draft_report(lantern, OCTOBER, by=system())

    for act in (
        lambda: draft_report(lantern, NOVEMBER, by=by),
        lambda: edit(report, "asks", "Money.", by=by),
        lambda: publish_report(report, by=by),
    ):
        if who in ("manager", "steward"):
            act()
        else:
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "forbidden"


def test_drafting_anew_never_touches_what_was_edited_and_shows_what_is_new(lantern, ada):
    report = draft_report(lantern, NOVEMBER, by=ada)
    edit(report, "people", "Ada came, and we are glad.", by=ada)
    before = last_entry()
    draft_report(lantern, NOVEMBER, by=ada)
    assert told_since(before) == []
    assert not piece(report, "people").has_news

    join(PersonFactory(), lantern)
    draft_report(lantern, NOVEMBER, by=ada)

    found = piece(report, "people")
    assert (found.text, found.has_news) == ("Ada came, and we are glad.", True)
    assert "2 people joined" in found.generated
    edit(report, "people", "whatever", fresh=frozenset({"people"}), by=ada)
    assert piece(report, "people").text == found.generated


def test_two_managers_do_not_overwrite_each_other(lantern, ada):
    report = draft_report(lantern, NOVEMBER, by=ada)
    seen = {name: fingerprint(piece(report, name).text.strip()) for name in ("asks", "people")}
    shown = piece(report, "people").text
    edit(report, "asks", "A room.", seen=seen, by=ada)

    with pytest.raises(Refused) as refused:
        edit(report, "asks", "A boat.", seen=seen, by=system())
    edit_report(report, texts={"asks": "", "people": "Two."}, seen=seen, is_public=True, by=system())

    assert refused.value.code == "changed_meanwhile"
    assert (piece(report, "asks").text, piece(report, "people").text) == ("A room.", "Two.")
    assert shown != "Two."


def test_words_put_back_to_what_was_drafted_count_as_not_edited(lantern, ada):
    report = draft_report(lantern, NOVEMBER, by=ada)
    drafted = piece(report, "people").generated

    edit(report, "people", "Else.", by=ada)
    edit(report, "people", f" {drafted}\r\n", by=ada)

    assert piece(report, "people").edited is None


def test_months_to_come_are_refused(lantern):
    with pytest.raises(Refused) as refused:
        draft_report(lantern, Month(2026, 12), by=system())
    assert refused.value.code == "not_begun"


# Publishing


def test_publishing_freezes_the_text_and_tells_those_above(lantern, ada):
    above = Group.objects.create(slug="committee", name="Committee")
    dora = join(PersonFactory(name="Dora"), above, Power.MANAGE)
    lantern.parent = above
    lantern.save()
    report = draft_report(lantern, NOVEMBER, by=ada)
    edit(report, "asks", "A room.", by=ada)
    before = last_entry()

    revision = publish_report(report, by=ada)

    assert told_since(before) == ["plan.report_published"]
    assert tellings()[-1] == ("Dora", "plan.report_is_out")
    assert revision.text.startswith("# Lantern Working Group, November 2026\n\n## Who is here\n\n- 1 person joined.")
    assert "## What we ask of the committee\n\nA room.\n" in revision.text
    for act in (lambda: publish_report(report, by=ada), lambda: draft_report(lantern, NOVEMBER, by=ada)):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "already_published"
    assert dora.tellings.count() == 1


def test_correction_is_a_further_revision_with_its_reason(lantern, ada):
    report = draft_report(lantern, NOVEMBER, by=ada)
    with pytest.raises(Refused) as refused:
        publish_correction(report, why="Early.", by=ada)
    assert refused.value.code == "not_published"
    first = publish_report(report, by=ada)
    with pytest.raises(Refused) as refused:
        publish_correction(report, why="Nothing.", by=ada)
    assert refused.value.code == "nothing_new"

    edit(report, "asks", "Two rooms.", by=ada)
    second = publish_correction(report, why="One room is too small.", by=ada)

    first.refresh_from_db()
    assert "Two rooms." not in first.text
    assert (second.number, second.why) == (2, "One room is too small.")
    assert second.text == report_text(report)


def test_job_drafts_last_month_once_and_tells_managers(lantern, ada, freeze):
    freeze("2026-12-01T06:00Z")

    draft_reports.call()
    draft_reports.call()

    assert [(one.key, one.published_at) for one in lantern.reports.all()] == [("2026-11", None)]
    assert tellings() == [("Ada", "plan.report_waits")]


def test_job_drafts_nothing_for_a_group_that_was_not_there_yet(clock):
    group(on=dt.date(2026, 11, 10))

    draft_reports.call()

    assert not Report.objects.exists()


def race_to_publish(report: Report) -> list[str]:
    """What two managers are answered who publish at the same moment."""
    start, answers = threading.Barrier(2), []

    def run() -> None:
        start.wait()
        try:
            reports.publish_report(report, by=system())
            answers.append("published")
        except Refused as refused:
            answers.append(refused.code)
        except IntegrityError:
            answers.append("stopped by the database alone")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_is_told_that_it_is_published():
    organisation()
    report = draft_report(group(), OCTOBER, by=system())

    assert race_to_publish(report) == ["already_published", "published"]
    assert ReportRevision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_only_the_database_stops_the_second(monkeypatch):
    """The race above proves something only if this one sees it: no transaction, no lock, both look first."""
    organisation()
    report, together = draft_report(group(), OCTOBER, by=system()), threading.Barrier(2)

    def seen_by_both(of: Report) -> bool:
        found = of.published_at is not None
        together.wait(timeout=20)
        return found

    monkeypatch.setattr(reports, "is_published", seen_by_both)
    monkeypatch.setattr(reports, "hold_report", lambda one: Report.objects.get(pk=one.pk))
    monkeypatch.setattr(reports, "record", lambda *args, **kwargs: None)
    monkeypatch.setattr(reports, "publish_report", publish_report.__wrapped__)

    assert race_to_publish(report) == ["published", "stopped by the database alone"]
