"""Saying when one is free, and changing or taking back what one said."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.availability.actions.holding import hold_poll
from folkmoot.availability.domain.hours import cells_of, known
from folkmoot.availability.facts import GuestAnsweredPoll, PollAnswered, PollAnswerTakenBack
from folkmoot.availability.models import LONGEST_NAME, Poll, PollAnswer
from folkmoot.availability.notices import AllHaveAnswered
from folkmoot.availability.queries import is_open_to_all, who_should_answer
from folkmoot.availability.rules import may_answer_poll, may_run_poll, takes_answers
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.notices.mails import Item, Mail, whole, write
from folkmoot.people.models import Person

SALT = "folkmoot.availability.answer"
MOST_ANSWERS = 300
MOST_GUESTS = 200
"""How many answers a poll takes in all, and of guests."""


@dataclass(frozen=True)
class Painted:
    """Keys of cells that are free, and that would do if need be, and the zone by whose clock they were marked.

    What the poll does not ask for counts for nothing, and what is free is not also if need be.
    """

    free: tuple[int, ...]
    maybe: tuple[int, ...]
    zone: str


@transaction.atomic
def answer_poll(poll: Poll, painted: Painted, *, version: int = 0, by: Person) -> PollAnswer:
    """Say when one is free, or change it: `version` is that of the answer which was looked at, 0 for none.

    Refused `forbidden`, `closed`, `too_many`, and `stale` when one has answered elsewhere meanwhile.
    """
    poll = _held_open(poll)
    require(may_answer_poll(by, poll, now=timezone.now()))
    answer = poll.answers.filter(person=by).first()
    if answer is None:
        if version:
            raise _stale(0)
        _check_room(poll)
        answer = PollAnswer(poll=poll, person=by, version=0)
    _paint(answer, painted, version)
    record(PollAnswered(poll.pk, answer.version), by=by, about=by, on=poll, within=poll.group)
    asker = poll.asked_by
    if asker is not None and asker != by and not who_should_answer(poll).exists():
        tell([asker], AllHaveAnswered(poll))
    return answer


@transaction.atomic
def answer_as_guest(
    poll: Poll, painted: Painted, *, name: str, mail: str = "", once: str, version: int = 0
) -> PollAnswer:
    """Say without an account when one is free; with a `mail`, the link to change it is sent there.

    `once` is the mark of the form: sent a second time, it gives the same answer, which it changes where something else
    is marked now; `version` is that of the answer which the form was shown over, 0 for none. Refused `forbidden`,
    `closed`, `too_many`, `invalid` with params `field`, and `stale` with params `version` where the answer was changed
    since.
    """
    poll = _held_open(poll)
    if not is_open_to_all(poll):
        raise Refused(_("This poll is for people of the group; please sign in."), code="forbidden")
    name, mail = _name(name), _address(mail)
    if not once:
        raise Refused(_("Please open the page of the poll once more."), code="invalid")
    if (before := poll.answers.filter(once=once, person=None).first()) is not None:
        return _sent_again(before, painted, name, mail, version or 1)
    _check_room(poll)
    if poll.answers.filter(person=None).count() >= MOST_GUESTS:
        raise _full()
    answer = PollAnswer(poll=poll, name=name, mail=mail, once=once, version=0)
    _paint(answer, painted, 0)
    record(GuestAnsweredPoll(poll.pk, answer.version), by=system(), on=poll, within=poll.group)
    if mail:
        _send_link(answer)
    return answer


@transaction.atomic
def change_guest_answer(answer: PollAnswer, painted: Painted, *, name: str, version: int) -> PollAnswer:
    """Change what a guest said, by the link that only they have; Refused `closed`, `gone`, `stale`, `invalid`."""
    poll = _held_open(answer.poll)
    held = poll.answers.filter(pk=answer.pk, person=None).first()
    if held is None:
        raise Refused(_("This answer was taken back."), code="gone")
    held.name = _name(name)
    _paint(held, painted, version)
    record(GuestAnsweredPoll(poll.pk, held.version), by=system(), on=poll, within=poll.group)
    return held


@transaction.atomic
def take_answer_back(poll: Poll, *, by: Person) -> None:
    """Take one's own answer back while the poll is open; without one nothing happens. Refused `closed`."""
    poll = _held_open(poll)
    _delete(poll.answers.filter(person=by).first(), by=by)


@transaction.atomic
def take_guest_answer_back(answer: PollAnswer) -> None:
    """Delete what a guest said, by their link, also after the poll has closed; done twice, it is told once."""
    poll = hold_poll(answer.poll)
    _delete(poll.answers.filter(pk=answer.pk, person=None).first(), by=system())


@transaction.atomic
def remove_answer(answer: PollAnswer, *, by: Actor) -> None:
    """Take an answer of a guest out that does not belong there: whoever may manage the group's calls.

    Refused `forbidden`, also for the answers of people with a record, which are their own.
    """
    poll = hold_poll(answer.poll)
    require(may_run_poll(by, poll))
    if not answer.is_of_guest:
        raise Refused(_("Only they themselves take their answer back."), code="forbidden")
    _delete(poll.answers.filter(pk=answer.pk).first(), by=by)


def answer_path(answer: PollAnswer) -> str:
    """The page on which a guest changes an answer: whoever has its address may."""
    return reverse("poll_answer", args=[signing.dumps(answer.pk, salt=SALT)])


def answer_with_token(token: str) -> PollAnswer | None:
    """The guest's answer of a token that was signed here; None for any other, and once it was taken back."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return PollAnswer.objects.select_related("poll__group").filter(pk=pk, person=None).first()


def _sent_again(answer: PollAnswer, painted: Painted, name: str, mail: str, version: int) -> PollAnswer:
    """The answer to a form that somebody went back to, with what they changed in it, if they did."""
    poll, was = answer.poll, (answer.name, answer.zone, answer.free, answer.maybe, answer.mail)
    is_other_mail = mail not in ("", answer.mail)
    answer.name, answer.mail = name, mail or answer.mail
    _mark(answer, painted)
    if was == (answer.name, answer.zone, answer.free, answer.maybe, answer.mail):
        return answer
    _keep(answer, version)
    record(GuestAnsweredPoll(poll.pk, answer.version), by=system(), on=poll, within=poll.group)
    if is_other_mail:
        _send_link(answer)
    return answer


def _held_open(poll: Poll) -> Poll:
    held = hold_poll(poll)
    if not (verdict := takes_answers(held, now=timezone.now())):
        raise Refused(verdict.reason, code="closed")
    return held


def _paint(answer: PollAnswer, painted: Painted, version: int) -> None:
    _mark(answer, painted)
    _keep(answer, version)


def _mark(answer: PollAnswer, painted: Painted) -> None:
    cells = cells_of(answer.poll.shape)
    answer.zone = zones.canonical(painted.zone)
    answer.free = list(known(painted.free, cells))
    answer.maybe = list(known(set(painted.maybe) - set(answer.free), cells))


def _keep(answer: PollAnswer, version: int) -> None:
    if answer.version != version:
        raise _stale(answer.version)
    answer.version += 1
    answer.save()


def _delete(answer: PollAnswer | None, *, by: Actor) -> None:
    if answer is None:
        return
    poll, was_guest = answer.poll, answer.is_of_guest
    answer.delete()
    record(PollAnswerTakenBack(poll.pk, was_guest), by=by, on=poll, within=poll.group)


def _check_room(poll: Poll) -> None:
    if poll.answers.count() >= MOST_ANSWERS:
        raise _full()


def _full() -> Refused:
    return Refused(
        _("This poll has as many answers as it can take. Please write to those who lead the group."), code="too_many"
    )


def _stale(version: int) -> Refused:
    return Refused(
        _(
            "Your answer was changed elsewhere meanwhile. What you marked just now is below; "
            "send it again to keep it instead."
        ),
        code="stale",
        version=version,
    )


def _name(name: str) -> str:
    name = plain_name(name, LONGEST_NAME)
    if not name:
        raise Refused(_("Please give a name, so that the others know who is free."), code="invalid", field="name")
    return name


def _address(mail: str) -> str:
    mail = mail.strip()
    if not mail:
        return ""
    try:
        validate_email(mail)
    except ValidationError:
        raise Refused(_("That does not look like an e-mail address."), code="invalid", field="mail") from None
    return mail


def _send_link(answer: PollAnswer) -> None:
    title, group = answer.poll.title, answer.poll.group.name
    text = _(
        "Somebody gave this address when they answered the poll “%(title)s” of %(group)s. If that was you, this link "
        "lets you change the answer until the poll closes, or delete it. Whoever has the link may do so."
    )
    mail = Mail(
        subject=_("Your answer: %(title)s") % {"title": title},
        items=[Item(text % {"title": title, "group": group}, whole(answer_path(answer)), _("Change my answer"))],
        because=_(
            "You get this once, because this address was given with an answer. It is deleted when the poll closes."
        ),
    )
    write(mail, answer.mail)
