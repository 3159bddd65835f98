"""Nobody is recognised in minutes under the Chatham House Rule, by whatever channel they go out."""

from __future__ import annotations

import io
import os
import random
from dataclasses import replace

import pytest
from django.utils import timezone
from pypdf import PdfReader

from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
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
from folkmoot.meetings.minutes_check import CHANNELS, document_html, hits_in, markdown_of
from folkmoot.meetings.models import Attendance, Meeting
from folkmoot.notices.models import Telling
from folkmoot.people.models import Affiliation
from folkmoot.ui.documents import make_pdf, pdf_can_be_made
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

SYLLABLES = ("zor", "vik", "quan", "brel", "dup", "fjo", "gly", "hux", "kev", "lym", "nux", "pry")
SENTENCES = ("{} wants a room.", "It is late, said {}.", "- {}: no", "Ask **{}** first.", "(thanks, {})", "> {} asks")
GENERATED = 200


def word(chance: random.Random) -> str:
    return "".join(chance.sample(SYLLABLES, 3)).capitalize()


def canaries(chance: random.Random) -> Known:
    name = f"{word(chance)} {word(chance)}"
    return Known("person:1", (name,), (word(chance).lower() + "7",), (), (f"{word(chance)} Ltd",))


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


def without(public: PublicMinutes, known: Known) -> PublicMinutes:
    """With everything taken out of every text that was found in it."""

    def clear(text: str) -> str:
        return cleared(text, find_mentions([known], {"text": text}))

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


@pytest.mark.django_db
def test_canaries_of_generated_minutes_are_found_on_every_channel_and_none_is_left_after_clearing():
    organisation()
    call = held_call(meeting_group())
    missed, left = [], []

    for seed in range(GENERATED):
        chance = random.Random(seed)
        known = canaries(chance)
        public = generated(chance, known)
        # A mail tells the title of the call and nothing of its minutes.
        named = Meeting(pk=call.pk, group=call.group, title=f"With {known.names[0]}", starts=call.starts)
        named.starts_at, named.zone = call.starts_at, call.zone
        found = {(hit.channel, hit.kind) for hit, _said in hits_in(named, public, [known])}
        everywhere = {
            (channel, kind)
            for channel in ("page", "markdown", "pdf", "feed", "revisions")
            for kind in ("name", "handle", "employer")
        }
        missed += [(seed, *one) for one in sorted({*everywhere, ("mails", "name")} - found)]
        left += [(seed, hit.channel, said) for hit, said in hits_in(call, without(public, known), [known])]

    assert missed == []
    assert left == []
    assert [entry.name for entry in CHANNELS.entries()] == ["page", "markdown", "pdf", "feed", "revisions", "mails"]


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
    minutes = begin_minutes(call, by=ada)
    set_level(minutes, "chatham", by=ada)
    item = add_minutes_item(minutes, NotesWords("Rooms", "Zorvik Quandle: Brelmont has one. Glykev agrees."), by=ada)
    propose_minutes(minutes, way="people", people=[ada], by=ada)
    approve_minutes(minutes, by=ada)
    confirm_public(item, title="Rooms", text="One organisation has one.", version=1, by=ada)
    base = f"/meetings/{call.pk}/minutes"
    before = client.get(f"{base}/published/").status_code

    publish_minutes(minutes, by=ada)
    correct_item(item, notes="Zorvik has two.", public_text="One has two.", why="Two rooms", version=1, by=system())

    addresses = [f"{base}/published/", f"{base}.md", f"/groups/{group.slug}/minutes.atom", call.get_absolute_url()]
    texts = [client.get(address).content.decode() for address in addresses]
    texts += [f"{one.subject} {one.text}" for one in Telling.objects.filter(kind__contains="minutes")]
    if pdf_can_be_made() or os.environ.get("CI"):
        reader = PdfReader(io.BytesIO(client.get(f"{base}.pdf").content))
        texts += [str(dict(reader.metadata or {})), "".join(page.extract_text() for page in reader.pages)]
        assert "One has two." in texts[-1]
    canary = ("zorvik", "quandle", "brelmont", "glykev", "pry", "dupnux", "huxfjo", "lymnux")
    assert before == 404
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
    if not pdf_can_be_made():
        pytest.skip("Pango is missing")
    made = PdfReader(io.BytesIO(make_pdf(document_html(generated(random.Random(1), canaries(random.Random(1)))))))

    assert made.metadata is not None
    assert (made.metadata.author, made.trailer["/Root"]["/MarkInfo"]["/Marked"].value) == ("Lantern", True)
