"""The pages on which older minutes are handed in, looked at, answered and taken in."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.meetings.actions import forget_handed_in, give_up, hand_in, keep_answers, take_in_all
from folkmoot.meetings.bringing_in import answers_from, plan_for
from folkmoot.meetings.bringing_in_page import Shown, field_of
from folkmoot.meetings.domain.minutes.unpacking import MOST_FILES
from folkmoot.meetings.models import BroughtIn, HandedIn, Minutes
from folkmoot.meetings.tasks import forget_files_handed_in
from folkmoot.people.models import Person
from tests.factories.groups import join
from tests.factories.meetings import actor, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

CLEAR = "# Call\n\nDate: 2024-03-05\n\n## Present\n\n- Ada Birch\n- Cleo Dee\n\n## Agenda\n\n### Lamps\n\nTwo lamps.\n"
ASKS = CLEAR.replace("2024-03-05", "2024-03-12").replace("Ada Birch", "Ada")
UNDATED = CLEAR.replace("Date: 2024-03-05\n\n", "")


@pytest.fixture
def group(freeze) -> Group:
    freeze("2026-11-23T12:00Z")
    organisation()
    return meeting_group()


@pytest.fixture
def ada(group) -> Person:
    return join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)


@pytest.fixture
def page(client, group, ada) -> str:
    client.force_login(ada)
    return f"/groups/{group.slug}/minutes/import/"


def zipped(**files: str) -> SimpleUploadedFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"minutes/{name}.md", text)
    return SimpleUploadedFile("minutes.zip", made.getvalue())


def test_a_folder_is_handed_in_looked_at_answered_and_taken_in(client, group, ada, page):
    single = SimpleUploadedFile("c.md", UNDATED.encode())
    handed = client.post(page, {"minutes": [zipped(a=CLEAR, b=ASKS), single]}, follow=True)
    seen = handed.content.decode()

    assert "3 files were read." in seen
    assert "1 can be taken in, 2 wait for your word, 0 are here already." in seen
    assert "Who is Ada?" in seen
    assert "The day is not known, so that no call can be found for it." in seen

    plan = plan_for(group, {"b.md": ASKS, "c.md": UNDATED}, answers=answers_from({}), by=ada)
    undated = next(one for one in plan.all if one.file == "c.md")
    call = group.meetings.filter(starts_at__lt=timezone.now()).order_by("-starts_at").first()
    answers = {field_of("who", "ada"): ada.pk, field_of("what", undated.key): call.pk if call else "out"}
    answered = client.post(f"{page}answers/", answers, follow=True).content.decode()
    assert "Your answers are kept." in answered
    ready = 3 if call else 2
    assert f"{ready} can be taken in, 0 wait for your word" in answered
    assert (BroughtIn.objects.count(), Minutes.objects.count()) == (0, 0)

    taken = client.post(f"{page}take-in/", follow=True).content.decode()

    assert f"{ready} were taken in." in taken
    assert BroughtIn.objects.count() == ready
    assert not HandedIn.objects.exists()
    assert client.get(f"/meetings/{BroughtIn.objects.order_by('pk')[0].meeting_id}/minutes/").status_code == 200


def test_a_change_is_shown_with_what_differs_and_may_be_left(client, group, ada, page):
    hand_in(group, {"a.md": CLEAR.encode()}, by=ada)
    client.post(f"{page}take-in/")
    hand_in(group, {"a.md": CLEAR.replace("Two lamps", "Three lamps").encode()}, by=ada)

    seen = client.get(page).content.decode()
    key = BroughtIn.objects.get().key
    client.post(f"{page}take-in/")
    client.post(f"{page}leave/", {"key": key})

    assert "− <bdi>Two lamps.</bdi>" in seen
    assert "+ <bdi>Three lamps.</bdi>" in seen
    assert [item.notes for item in Minutes.objects.get().items.all()] == ["Two lamps."]
    assert "1 is here already" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("m.zip", b"PK\x03\x04 broken", "This is no folder that can be opened"),
        ("m.pdf", b"%PDF-1.4", "There are no files of minutes in it"),
        ("m.md", b"", "A file among them is empty."),
        (None, b"", "Please choose a file."),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_kept(client, page, name, data, words):
    given = {"minutes": SimpleUploadedFile(name, data)} if name else {}

    answer = client.post(page, given)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not HandedIn.objects.exists()


def test_a_wrong_answer_is_refused_and_kept_out(client, group, ada, page):
    hand_in(group, {"b.md": ASKS.encode()}, by=ada)

    answer = client.post(f"{page}answers/", {field_of("who", "ada"): "99999"})

    assert answer.status_code == 400
    assert HandedIn.objects.get().answers == {}


def test_one_bad_file_harms_none_of_the_others(group, ada):
    files = {"a.md": CLEAR.encode(), "d.md": CLEAR.replace("2024-03-05", "1500-03-05").encode()}
    plan = plan_for(group, files, answers=answers_from({}), by=ada)
    wanted = [one if one.is_clear else plan.minutes.records[1] for one in plan.all]

    taken = take_in_all(group, wanted, by=ada)

    assert [one.file for one in taken.made] == ["a.md"]
    assert [(file, why.code) for file, why in taken.refused] == [("d.md", "not_clear")]


@pytest.mark.parametrize("who", ["stranger", "participant", "manager", "other group's manager", "steward", "machine"])
def test_who_may_hand_in_answer_and_give_up(group, who):
    by = actor(who, group)

    if who in ("manager", "steward", "machine"):
        hand_in(group, {"a.md": CLEAR.encode()}, by=by)
        keep_answers(group, {"names": {"ada": None}}, by=by)
        keep_answers(group, {"names": {"cleo": None}, "left_out": ["k"]}, by=by)
        assert HandedIn.objects.get().answers == {
            "calls": {}, "names": {"ada": None, "cleo": None}, "left_out": ["k"], "looked_at": [],
        }  # fmt: skip
        give_up(group, by=by)
        assert not HandedIn.objects.exists()
        with pytest.raises(Refused) as refused:
            keep_answers(group, {}, by=by)
        assert refused.value.code == "not_now"
    else:
        for act in (lambda: hand_in(group, {}, by=by), lambda: keep_answers(group, {}, by=by)):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "forbidden"
        with pytest.raises(Refused):
            give_up(group, by=by)


def test_what_is_handed_in_is_bounded_and_forgotten_after_two_weeks(group, freeze):
    with pytest.raises(Refused) as refused:
        hand_in(group, {f"{number}.md": b"x" for number in range(MOST_FILES + 1)}, by=machine())
    assert (refused.value.code, HandedIn.objects.count()) == ("too_many", 0)

    hand_in(group, {"a.md": CLEAR.encode()}, by=machine())
    hand_in(group, {"a.md": ASKS.encode(), "b.md": CLEAR.encode()}, by=machine())
    assert HandedIn.objects.get().files.count() == 2
    assert forget_handed_in(now=timezone.now() + dt.timedelta(days=13)) == 0
    HandedIn.objects.update(handed_in_at=timezone.now() - dt.timedelta(days=15))
    forget_files_handed_in.func()
    assert not HandedIn.objects.exists()


def test_all_of_it_is_taken_out_as_a_zip_by_who_leads(client, group, ada, page):
    hand_in(group, {"a.md": CLEAR.encode()}, by=ada)
    client.post(f"{page}take-in/")
    address = f"/groups/{group.slug}/minutes.zip"

    whole, public = client.get(address), client.get(f"{address}?public")
    client.force_login(join(PersonFactory(), group))
    refused = client.get(address)

    names = [zipfile.ZipFile(io.BytesIO(one.content)).namelist() for one in (whole, public)]
    assert names == [["minutes/2024-03-05-call.md", "minutes/README.md"], ["minutes/README.md"]]
    assert whole.headers["Content-Disposition"] == f'attachment; filename="{group.slug}-minutes.zip"'
    assert refused.status_code == 403


def test_the_page_asks_as_often_for_one_file_as_for_three(client, group, ada, page, django_assert_num_queries):
    client.get(page)
    for files in ({"5": CLEAR}, {str(day): CLEAR.replace("2024-03-05", f"2024-03-{day}") for day in (12, 13, 14)}):
        hand_in(group, {f"{name}.md": text.encode() for name, text in files.items()}, by=ada)
        with django_assert_num_queries(14):
            assert client.get(page).status_code == 200


def test_the_words_of_a_plan_say_votes_and_people(group, ada):
    text = CLEAR + "\n## Decisions\n\nDECISION: Buy lamps.\n\n- Approve: Ada Birch, Cleo Dee\n\nThe motion carried.\n"
    plan = plan_for(group, {"a.md": text}, answers=answers_from({}), by=ada)

    (one,) = Shown(plan, {"a.md": text}).clear

    assert one.understood[1:3] == (
        ("There, with a record here", "Ada Birch"), ("There, by name only", "Cleo Dee"),
    )  # fmt: skip
    assert ("Decided", "Buy lamps. (adopted, 2 for (Ada Birch, Cleo Dee))") in one.understood
