"""A handover up to its offer, and the answers to its lines: begun by whoever leaves, answered by whoever takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.actions.unowned import ROLE_KIND, held_by
from folkmoot.groups.facts import HandoverAnswered, HandoverOffered, HandoverWithdrawn
from folkmoot.groups.models import Answer, Group, Handover, HandoverLine, HandoverState
from folkmoot.groups.notices import HandoverIsAnswered, HandoverIsOffered, HandoverIsToSign, HandoverIsWithdrawn
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import may_begin_handover, may_take_lines
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

LONGEST_NOTES = 10_000
LONGEST_SAID = 500
LONGEST_SHADOW = timedelta(days=92)

LEAVE_TO_GROUP = "group"
"""In a proposal: nobody is named, and the thing is to wait for an owner."""

Proposal = Person | str | None
"""Who is to take a line: somebody, `LEAVE_TO_GROUP`, or None for whoever takes the whole."""


@transaction.atomic
def begin_handover(group: Group, *, by: Person) -> Handover:
    """Write down what somebody holds in a group; one that is open already is brought up to date and handed back."""
    require(may_begin_handover(by, group))
    present = Handover.objects.filter(
        group=group, leaver=by, state__in=(HandoverState.DRAFT, HandoverState.OFFERED)
    ).first()
    if present is not None:
        if present.state == HandoverState.DRAFT:
            _bring_up_to_date(present)
        return present
    try:
        with transaction.atomic():
            handover = Handover.objects.create(group=group, leaver=by)
    except IntegrityError:
        return Handover.objects.get(group=group, leaver=by, state=HandoverState.DRAFT)
    _bring_up_to_date(handover)
    return handover


@transaction.atomic
def write_handover(
    handover: Handover,
    *,
    taker: Person | None,
    notes: str,
    shadow_until: date | None,
    stays: bool,
    emeritus: bool,
    lines: Mapping[int, Proposal],
    by: Person,
) -> Handover:
    """Keep what whoever leaves has written: to whom the whole goes, notes, and a proposal for lines by their key.

    Accepted lines stay with whoever accepted them. Who signed before notes, shadowing or staying changed signs anew,
    and is told. Refused `forbidden`, `not_open` or `invalid`.
    """
    handover = current_handover(handover)
    _require_leaver(handover, by)
    if len(notes) > LONGEST_NOTES:
        raise Refused(
            _("Notes may have at most %(count)s characters; put longer ones where the group keeps its documents.")
            % {"count": LONGEST_NOTES},
            code="invalid",
        )
    today = today_here()
    if shadow_until is not None and not today < shadow_until <= today + LONGEST_SHADOW:
        raise Refused(_("Shadowing lasts from tomorrow to three months from now."), code="invalid")
    for person in {taker, *(one for one in lines.values() if isinstance(one, Person))} - {None}:
        _require_taker(handover, person)
    was = (handover.notes, handover.shadow_until, handover.stays)
    handover.taker, handover.notes, handover.shadow_until = taker, notes.strip(), shadow_until
    handover.stays, handover.emeritus = stays, emeritus
    handover.save(update_fields=["taker", "notes", "shadow_until", "stays", "emeritus"])
    for line in handover.lines.exclude(answer=Answer.ACCEPTED):
        _propose(line, lines.get(line.pk), taker)
    if was != (handover.notes, handover.shadow_until, handover.stays):
        _ask_to_sign_anew(handover)
    return handover


def _ask_to_sign_anew(handover: Handover) -> None:
    signatures = list(handover.signatures.select_related("person"))
    handover.signatures.all().delete()
    tell([one.person for one in signatures if one.person != handover.leaver], HandoverIsToSign(handover))


@transaction.atomic
def offer_handover(handover: Handover, *, by: Person) -> Handover:
    """Ask everybody who is proposed. Offered again after changes, only those with a line to answer are asked again."""
    handover = current_handover(handover)
    _require_leaver(handover, by)
    if handover.state == HandoverState.DRAFT:
        _bring_up_to_date(handover)
    lines = list(handover.lines.select_related("taker"))
    nobody = [line for line in lines if line.taker is None and line.answer != Answer.LEFT]
    if nobody:
        raise Refused(
            _("Please say who is to take “%(words)s”, or leave it to the group.") % {"words": nobody[0].words},
            code="no_taker",
        )
    if not lines:
        raise Refused(_("You hold nothing in this group that could be handed over."), code="nothing_held")
    is_first = handover.state == HandoverState.DRAFT
    handover.state, handover.offered_at = HandoverState.OFFERED, timezone.now()
    handover.save(update_fields=["state", "offered_at"])
    if is_first:
        record(
            HandoverOffered(handover_id=handover.pk, lines=len(lines), person=by.name),
            by=by,
            about=by,
            on=handover,
            within=handover.group,
        )
    asked = [line.taker for line in lines if line.answer == Answer.OPEN and line.taker is not None]
    tell(asked, HandoverIsOffered(handover))
    if not asked:
        tell(signers(handover), HandoverIsToSign(handover))
    return handover


@transaction.atomic
def answer_lines(
    handover: Handover, answers: Mapping[int, tuple[bool, str]], *, names_publicly: bool = False, by: Person
) -> Handover:
    """Accept or decline lines by their key, each with words; `names_publicly` counts for a role that leads.

    One answers what one is proposed for; what somebody declined may be accepted by anyone who takes part. Refused
    `forbidden`, `not_open`, or `taken` when somebody else has accepted the line meanwhile; then nothing is written.
    """
    handover = current_handover(handover)
    if handover.state != HandoverState.OFFERED:
        raise Refused(_("This handover is not open for answers."), code="not_open")
    accepted = declined = 0
    lines = {line.pk: line for line in handover.lines.select_related("taker")}
    for key, (accepts, words) in answers.items():
        line = lines.get(key)
        if line is None:
            raise Refused(_("This line is not in the handover any more."), code="not_open")
        if not _answer(handover, line, accepts, words, by):
            continue
        if accepts and line.kind == ROLE_KIND:
            HandoverLine.objects.filter(pk=line.pk).update(names_publicly=names_publicly)
        accepted, declined = accepted + accepts, declined + (not accepts)
    if accepted or declined:
        tell([handover.leaver], HandoverIsAnswered(handover, by, accepted, declined))
        if not open_lines(handover):
            tell(signers(handover), HandoverIsToSign(handover))
    return handover


@transaction.atomic
def withdraw_handover(handover: Handover, *, by: Person) -> None:
    """Leave everything as it was; done twice, it is told once."""
    handover = Handover.objects.select_for_update(of=("self",)).select_related("group", "leaver").get(pk=handover.pk)
    if handover.state == HandoverState.WITHDRAWN and handover.leaver == by:
        return
    handover = current_handover(handover)
    _require_leaver(handover, by)
    was_offered = handover.state == HandoverState.OFFERED
    handover.state = HandoverState.WITHDRAWN
    handover.save(update_fields=["state"])
    record(
        HandoverWithdrawn(handover_id=handover.pk, person=by.name),
        by=by,
        about=by,
        on=handover,
        within=handover.group,
    )
    if was_offered:
        tell(
            [line.taker for line in handover.lines.select_related("taker") if line.taker], HandoverIsWithdrawn(handover)
        )


def current_handover(handover: Handover) -> Handover:
    """The handover as it stands now, and nobody else changes it; Refused `not_open` once signed or withdrawn."""
    hold_handover(handover)
    handover = Handover.objects.select_related("group", "leaver", "taker").get(pk=handover.pk)
    if not handover.is_open:
        raise Refused(
            _("This handover is %(state)s; nothing in it changes any more.") % {"state": handover.get_state_display()},
            code="not_open",
        )
    return handover


def hold_handover(handover: Handover) -> None:
    """Let nobody else change the handover until this transaction ends."""
    Handover.objects.select_for_update().get(pk=handover.pk)


def signers(handover: Handover) -> list[Person]:
    """Who has to sign: whoever leaves, and everybody who accepted a line."""
    takers = [line.taker for line in handover.lines.select_related("taker") if line.answer == Answer.ACCEPTED]
    found = {person.pk: person for person in (handover.leaver, *takers) if person is not None}
    return list(found.values())


def open_lines(handover: Handover) -> list[HandoverLine]:
    """The lines whose answer does not stand yet: those that nobody answered, and those that were declined."""
    return list(handover.lines.filter(answer__in=(Answer.OPEN, Answer.DECLINED)))


def _answer(handover: Handover, line: HandoverLine, accepts: bool, words: str, by: Person) -> bool:
    """Write one answer, and say whether it is a new one."""
    words = plain_name(words)
    if len(words) > LONGEST_SAID:
        raise Refused(_("Please say it in at most %(count)s characters.") % {"count": LONGEST_SAID}, code="invalid")
    if line.answer == Answer.LEFT:
        raise Refused(_("“%(words)s” is left to the group.") % {"words": line.words}, code="not_open")
    if line.answer == Answer.ACCEPTED and line.taker is not None and line.taker != by:
        raise Refused(
            _("%(person)s has accepted “%(words)s” already.") % {"person": line.taker.name, "words": line.words},
            code="taken",
        )
    if line.taker != by:
        require(may_take_lines(by, handover.group))
        if line.answer != Answer.DECLINED or not accepts or by == handover.leaver:
            raise Refused(_("“%(words)s” is proposed to somebody else.") % {"words": line.words}, code="forbidden")
    answer = Answer.ACCEPTED if accepts else Answer.DECLINED
    if (line.answer, line.said, line.taker) == (answer, words, by):
        return False
    if line.answer == Answer.ACCEPTED and not accepts and handover.signatures.filter(person=by).exists():
        raise Refused(_("You have signed this handover; what you accepted stands."), code="signed")
    line.answer, line.said, line.taker, line.answered_at = answer, words, by, timezone.now()
    line.save(update_fields=["answer", "said", "taker", "answered_at"])
    record(
        HandoverAnswered(handover_id=handover.pk, line_id=line.pk, answer=answer, person=by.name, said=words),
        by=by,
        about=by,
        on=handover,
        within=handover.group,
    )
    return True


def _bring_up_to_date(handover: Handover) -> None:
    """Let a draft name what its leaver holds now; what is proposed for a thing stays with it."""
    held = {(one.kind, one.holding.key): one for one in held_by(handover.leaver, handover.group)}
    known = {(line.kind, line.key): line for line in handover.lines.all()}
    for gone in known.keys() - held.keys():
        known[gone].delete()
    for position, (where, one) in enumerate(held.items()):
        words = f"{one.title}: {one.holding.words}"[:300]
        values = {"position": position, "words": words, "path": one.holding.path[:300]}
        line = known.get(where)
        if line is None:
            HandoverLine.objects.create(
                handover=handover, kind=one.kind, key=one.holding.key, taker=handover.taker, **values
            )
        else:
            HandoverLine.objects.filter(pk=line.pk).update(**values)


def _propose(line: HandoverLine, proposal: Proposal, taker: Person | None) -> None:
    """Propose a line to somebody; a changed proposal is to be answered anew."""
    if proposal == LEAVE_TO_GROUP:
        line.taker, line.answer = None, Answer.LEFT
    else:
        to = proposal if isinstance(proposal, Person) else taker
        if line.answer == Answer.DECLINED and to == line.taker:
            return
        line.taker, line.answer = to, Answer.OPEN
    line.said, line.answered_at = "", None
    line.save(update_fields=["taker", "answer", "said", "answered_at"])


def _require_leaver(handover: Handover, by: Person) -> None:
    if handover.leaver != by:
        raise Refused(
            _("Only %(leaver)s may change this handover.") % {"leaver": handover.leaver.name}, code="forbidden"
        )


def _require_taker(handover: Handover, person: Person | None) -> None:
    if person is None or person == handover.leaver or not person.is_active or not has_power(person, handover.group):
        raise Refused(
            _("A handover goes to somebody else who takes part in %(group)s.") % {"group": handover.group.name},
            code="invalid",
        )


def words_of_open(lines: list[HandoverLine]) -> str:
    """What still keeps a handover from being signed, in a sentence."""
    return ngettext(
        "One line has no answer that stands: “%(first)s”.",
        "%(count)d lines have no answer that stands, among them “%(first)s”.",
        len(lines),
    ) % {"count": len(lines), "first": lines[0].words}
