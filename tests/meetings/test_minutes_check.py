"""Nobody is recognised in minutes under the Chatham House Rule, by whatever channel they go out."""

from __future__ import annotations

import io
import os
import random
from dataclasses import dataclass, replace

import pytest
from django.utils import timezone
from pypdf import PdfReader

from folkmoot.decisions.actions import record_decision
from folkmoot.decisions.models import Decision
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry, EntryDetail
from folkmoot.meetings.actions import (
    NotesWords,
    add_minutes_item,
    approve_minutes,
    begin_minutes,
    confirm_public,
    correct_item,
    propose_minutes,
    publish_minutes,
    set_level,
)
from folkmoot.meetings.domain.attribution import Known, cleared, find_mentions
from folkmoot.meetings.domain.html_words import words_of
from folkmoot.meetings.domain.minutes import read_minutes
from folkmoot.meetings.domain.published import PublicItem, PublicMinutes, PublicRevision, as_json, from_json
from folkmoot.meetings.facts import AgendaItemAdded
from folkmoot.meetings.minutes_check import CHANNELS, document_html, hits_in, markdown_of
from folkmoot.meetings.models import AgendaItem, Attendance, Meeting, Minutes
from folkmoot.notices.models import Telling
from folkmoot.people.domain.seeking import read_words
from folkmoot.people.models import Affiliation
from folkmoot.people.searching import search
from folkmoot.ui.documents import make_pdf, pdf_can_be_made
from tests.factories.decisions import wording
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.pango import need_pango

SYLLABLES = ("zor", "vik", "quan", "brel", "dup", "fjo", "gly", "hux", "kev", "lym", "nux", "pry")
SENTENCES = ("{} wants a room.", "It is late, said {}.", "- {}: no", "Ask **{}** first.", "(thanks, {})", "> {} asks")
GENERATED = 200


def word(chance: random.Random) -> str:
    return "".join(chance.sample(SYLLABLES, 3)).capitalize()


def canaries(chance: random.Random, key: str = "person:1") -> Known:
    name = f"{word(chance)} {word(chance)}"
    return Known(key, (name,), (word(chance).lower() + "7",), (), (f"{word(chance)} Ltd",))


def generated(chance: random.Random, known: Known) -> PublicMinutes:
    """Minutes in which each canary stands in some text of an item, and in one other place each."""
    signs = [*known.names, *known.handles, *known.employers]
    said = [chance.choice(SENTENCES).format(f"@{sign}" if sign in known.handles else sign) for sign in signs]
    chance.shuffle(said)
    return PublicMinutes(
        title="",
        group="Lantern",
        day="2026-11-23",
        starts="10:00",
        ends="11:00",
        zone="UTC",
        people=3,
        items=(
            PublicItem(1, chance.choice(("Money", known.names[0])), "\n\n".join(said), under_rule=True),
            PublicItem(2, "Open", "Free words"),
        ),
        decisions=(("2026-1", f"We thank {chance.choice(signs)}"),),
        actions=(f"Write to {chance.choice(signs)}",),
        revisions=(PublicRevision(1, "2026-11-24", "Money", f"{known.names[0]} said so", "\n\n".join(said), True),),
    )


def without_words(text: str, known: list[Known]) -> str:
    return cleared(text, find_mentions(known, {"text": text}))


def without(public: PublicMinutes, known: list[Known]) -> PublicMinutes:
    """With everything taken out of every text that was found in it."""

    def clear(text: str) -> str:
        return without_words(text, known)

    return replace(
        public,
        items=tuple(replace(one, title=clear(one.title), text=clear(one.text)) for one in public.items),
        decisions=tuple((label, clear(title)) for label, title in public.decisions),
        actions=tuple(map(clear, public.actions)),
        revisions=tuple(
            replace(one, title=clear(one.title), why=clear(one.why), before=clear(one.before))
            for one in public.revisions
        ),
    )


def said(chance: random.Random, known: Known) -> str:
    """A text in which each canary stands."""
    signs = [f"@{known.handles[0]}", known.names[0], known.employers[0]]
    return "\n\n".join(chance.choice(SENTENCES).format(sign) for sign in chance.sample(signs, 3))


@dataclass
class Elsewhere:
    """What strangers find of a call beside its minutes: its words, an item, what happened to it, and a decision."""

    call: Meeting
    item: AgendaItem
    told: Entry
    decision: Decision

    def say(self, text: str) -> None:
        self.call.why = self.item.text = self.decision.text = text
        self.item.save()
        self.decision.save()


def call_full_of(text: str) -> Elsewhere:
    group = meeting_group()
    call = held_call(group)
    item = AgendaItem.objects.create(meeting=call, title="Money")
    fact = AgendaItemAdded(item_id=item.pk, meeting_id=call.pk, title=text)
    told = record(fact, by=system(), on=item, within=group)
    decision = Decision.objects.create(
        group=group, year=2026, number=1, title="Money", text="…", way="call", status="adopted",
        decided_on=call.starts.date(), opened_at=call.ends_at, settled_at=call.ends_at,
    )  # fmt: skip
    made = Elsewhere(call, item, told, decision)
    made.say(text)
    return made


IN_MINUTES = ["page", "markdown", "pdf", "feed", "revisions", "search"]
BESIDE_THEM = ["calendar", "agenda", "decisions", "history"]


@pytest.mark.django_db
def test_canaries_of_generated_minutes_are_found_on_every_channel_and_none_is_left_after_clearing():
    organisation()
    chances = [random.Random(seed) for seed in range(GENERATED)]
    people = [canaries(chance, f"person:{seed}") for seed, chance in enumerate(chances)]
    made = [generated(chance, known) for chance, known in zip(chances, people, strict=True)]
    text = "\n\n".join(said(chance, known) for chance, known in zip(chances, people, strict=True))
    elsewhere = call_full_of(text)
    call = elsewhere.call
    signs = ("name", "handle", "employer")
    expected = {(one.key, channel, sign) for one in people for channel in IN_MINUTES + BESIDE_THEM for sign in signs}
    # A mail tells the title of the call and nothing of its minutes.
    expected |= {(one.key, "mails", "name") for one in people}

    found, left = set(), []
    for known, public in zip(people, made, strict=True):
        call.title = f"With {known.names[0]}"
        hits = hits_in(call, public, [known], channels=[*IN_MINUTES, "mails"])
        found |= {(known.key, hit.channel, hit.kind) for hit, _said in hits}
        call.title = ""
        hits = hits_in(call, without(public, [known]), [known], channels=[*IN_MINUTES, "mails"])
        left += [(known.key, hit.channel, words) for hit, words in hits]
    found |= {(hit.key, hit.channel, hit.kind) for hit, _said in hits_in(call, made[0], people, channels=BESIDE_THEM)}
    elsewhere.say(without_words(text, people))
    EntryDetail.objects.filter(entry=elsewhere.told).update(words={})  # as where somebody's words are erased
    left += [words for _hit, words in hits_in(call, without(made[0], people), people, channels=BESIDE_THEM)]

    assert expected - found == set()
    assert left == []
    assert {entry.name for entry in CHANNELS.entries()} == {*IN_MINUTES, *BESIDE_THEM, "mails"}


@pytest.mark.django_db
def test_items_that_may_name_people_are_not_looked_for_on_the_agenda():
    organisation()
    known = canaries(random.Random(1))
    elsewhere = call_full_of(known.names[0])
    minutes = begin_minutes(elsewhere.call, by=system())
    levels = {}

    for level in ("chatham", "private", "open"):
        set_level(minutes, level, by=system())
        hits = hits_in(elsewhere.call, PublicMinutes("", "Lantern", "2026-11-23"), [known])
        levels[level] = sorted(hit.channel for hit, _said in hits)

    everywhere = ["agenda", "calendar", "decisions", "history"]
    assert levels == {"chatham": everywhere, "private": everywhere, "open": ["calendar", "decisions"]}


@pytest.mark.django_db
def test_nothing_that_goes_out_tells_who_it_was(client, freeze):
    freeze("2026-11-23T12:00Z")
    organisation()
    group = meeting_group()
    ada = join(PersonFactory(name="Zorvik Quandle", email="zq@brelmont.example"), group, Power.MANAGE)
    join(PersonFactory(name="Huxfjo Lymnux"), group)
    Affiliation.objects.create(person=ada, organisation="Brelmont Works")
    call = held_call(group)
    Attendance.objects.create(meeting=call, person=ada, source="tap", noted_at=timezone.now())
    Attendance.objects.create(
        meeting=call, guest_name="Glykev Pry", guest_key="glykev pry", affiliation="Dupnux", source="guest",
        noted_at=timezone.now(),
    )  # fmt: skip
    Meeting.objects.filter(pk=call.pk).update(why="Zorvik asked for another day.")
    on_agenda = AgendaItem.objects.create(meeting=call, title="Rooms", text="Huxfjo brings a list.")
    said = wording(title="Rooms", text="We thank Dupnux.")
    decision = record_decision(group, said, on_day=call.starts.date(), by=system())
    minutes = begin_minutes(call, by=ada)
    set_level(minutes, "chatham", by=ada)
    laid_out = minutes.items.get()
    item = add_minutes_item(minutes, NotesWords("Rooms", "Zorvik Quandle: Brelmont has one. Glykev agrees."), by=ada)
    propose_minutes(minutes, way="people", people=[ada], by=ada)
    approve_minutes(minutes, by=ada)
    confirm_public(item, title="Rooms", text="One organisation has one.", version=1, by=ada)
    confirm_public(laid_out, title="Rooms", text="A list.", version=1, by=ada)
    with pytest.raises(Refused) as refused:
        publish_minutes(Minutes.objects.get(), by=ada)
    Meeting.objects.filter(pk=call.pk).update(why="Somebody asked for another day.")
    AgendaItem.objects.filter(pk=on_agenda.pk).update(text="Somebody brings a list.")
    Decision.objects.filter(pk=decision.pk).update(text="We thank everybody.")
    base = f"/meetings/{call.pk}/minutes"
    before = client.get(f"{base}/published/").status_code

    publish_minutes(Minutes.objects.get(), by=ada)
    correct_item(item, notes="Zorvik has two.", public_text="One has two.", why="Two rooms", version=1, by=system())

    of_group, of_decision = f"/groups/{group.slug}", decision.get_absolute_url()
    addresses = [f"{base}/published/", f"{base}.md", f"{of_group}/minutes.atom", call.get_absolute_url()]
    addresses += [f"/meetings/{call.pk}.ics", f"{of_group}/calendar.ics", "/calendar.ics", f"{of_group}/history/"]
    addresses += [
        f"/meetings/{call.pk}/agenda/",
        f"/meetings/{call.pk}/agenda.md",
        of_decision,
        f"{of_decision[:-1]}.md",
    ]
    addresses += ["/search/?q=rooms", "/search/?q=somebody", "/search/?q=organisation", "/search/?q=one+has+two"]
    answers = [client.get(address) for address in addresses]
    texts = [answer.content.decode().replace("\r\n ", "") for answer in answers]
    texts += [f"{one.subject} {one.text}" for one in Telling.objects.filter(kind__contains="minutes")]
    if pdf_can_be_made() or os.environ.get("CI"):
        reader = PdfReader(io.BytesIO(client.get(f"{base}.pdf").content))
        texts += [str(dict(reader.metadata or {})), "".join(page.extract_text() for page in reader.pages)]
        assert "One has two." in texts[-1]
    canary = ("zorvik", "quandle", "brelmont", "glykev", "pry", "dupnux", "huxfjo", "lymnux")
    channels = {one.hit.channel for one in refused.value.params["found"]}
    assert (before, channels) == (404, {"agenda", "calendar", "decisions"})
    assert {answer.status_code for answer in answers} == {200}
    assert [search(read_words(one), None) for one in canary] == [[]] * len(canary)
    assert [part.kind for part in search(read_words("one has two"), None)] == ["minutes"]
    assert [(one, text) for one in canary for text in texts if one in text.casefold()] == []
    assert ["One has two." in text for text in texts[:3]] == [True, True, True]
    assert "One organisation has one." in texts[0]


def test_what_is_kept_of_published_minutes_comes_back_and_anything_else_is_refused():
    chance = random.Random(3)
    public = generated(chance, canaries(chance))

    assert from_json(as_json(public)) == public
    with pytest.raises(ValueError, match="no published minutes"):
        from_json({"title": "", "surprise": 1})


def test_the_file_is_read_back_with_its_items_decisions_and_actions():
    chance = random.Random(5)
    public = replace(generated(chance, canaries(chance)), opening=("Antitrust",), approved="2026-11-25")

    read = read_minutes(markdown_of(public)).meetings[0].record

    assert [item.title for item in read.items] == [*(item.title for item in public.items), "Corrections"]
    assert (read.attendee_count, read.approved, [one.title for one in read.texts]) == (3, "2026-11-25", ["Antitrust"])
    assert [one.text for one in read.actions] == list(public.actions)


def test_words_of_a_page_are_those_that_are_seen_and_those_in_its_attributes():
    html = '<p title="Ada">A<b>d</b>a &amp; co</p><!-- Ben --><a href="/x/ben">x</a><script>1</script>'

    assert words_of(html).splitlines() == ["Ada & co", "x1", "Ada", " Ben ", "/x/ben"]


def test_the_document_is_a_tagged_pdf_with_the_group_as_its_author():
    need_pango()
    made = PdfReader(io.BytesIO(make_pdf(document_html(generated(random.Random(1), canaries(random.Random(1)))))))

    assert made.metadata is not None
    assert (made.metadata.author, made.trailer["/Root"]["/MarkInfo"]["/Marked"].value) == ("Lantern", True)


@pytest.mark.django_db
def test_the_place_of_a_zone_is_nobody_called_so():
    organisation()
    call = held_call(meeting_group())
    call.zone = "America/Los_Angeles"
    call.save(update_fields=["zone"])
    AgendaItem.objects.create(meeting=call, title="Rooms for Angeles", state="done")
    known = Known("person:1", ("Los Angeles",), (), (), ())
    text = CHANNELS["agenda"].text(call, PublicMinutes("", "Lantern", "2026-11-23", "10:00", "11:00", "UTC", 1, 0, ()))

    found = find_mentions([known], {"agenda": text})

    assert [text[hit.start : hit.end] for hit in found] == ["Angeles"]
