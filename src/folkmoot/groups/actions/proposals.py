"""Groups that somebody would like there to be: proposed, taken up, or declined with words."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.founding import free_slug
from folkmoot.groups.actions.participation import MOST_MANAGERS, give_role, managing_role
from folkmoot.groups.actions.structure import hold_all_groups
from folkmoot.groups.domain.hierarchy import MOST_LEVELS, line_above
from folkmoot.groups.facts import GroupProposed, ProposalDeclined, ProposalTakenUp
from folkmoot.groups.models import Group, GroupProposal, GroupState, Power, ProposalState, Role
from folkmoot.groups.naming import group_name
from folkmoot.groups.notices import GroupIsProposed, ProposalIsAnswered
from folkmoot.groups.queries import root_overseers
from folkmoot.groups.rules import is_open_for_work, may_answer_proposals, may_propose_group
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.notices.actions import tell
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

LONGEST_WORDS = 4000
LONGEST_ANSWER = 500
LONGEST_CHARTER = 256 * 1024
MOST_OPEN = 5


@transaction.atomic
def propose_group(*, name: str, why: str, who: str = "", charter_text: str = "", by: Person) -> GroupProposal:
    """Propose a group; those who may take it up are told. One person has at most `MOST_OPEN` proposals open."""
    require(may_propose_group(by))
    name, why, who = group_name(name), why.strip(), who.strip()
    if shows_nothing(name):
        raise Refused(_("The group needs a name."), code="invalid")
    if shows_nothing(why):
        raise Refused(_("Please say why there should be this group."), code="why_missing")
    if max(len(why), len(who)) > LONGEST_WORDS or len(charter_text) > LONGEST_CHARTER:
        raise Refused(_("Please say it in fewer words."), code="invalid")
    if Group.objects.filter(name__iexact=name).exists():
        raise Refused(_("There is a group called %(name)s already.") % {"name": name}, code="name_taken")
    # So that of two proposals sent at once the second sees the first.
    Person.objects.select_for_update().get(pk=by.pk)
    mine = GroupProposal.objects.filter(by=by, state=ProposalState.OPEN)
    again = mine.filter(name__iexact=name).first()
    if again is not None:
        return again
    if mine.count() >= MOST_OPEN:
        raise Refused(
            _("You have %(count)d proposals open; please wait for an answer first.") % {"count": MOST_OPEN},
            code="too_many",
        )
    proposal = GroupProposal.objects.create(name=name, why=why, who=who, charter_text=charter_text, by=by)
    record(GroupProposed(proposal_id=proposal.pk, name=name), by=by, about=by, on=proposal)
    tell(root_overseers(), GroupIsProposed(proposal))
    return proposal


@transaction.atomic
def take_up_proposal(
    proposal: GroupProposal, *, parent: Group | None = None, managers: Iterable[Person] = (), by: Actor
) -> Group:
    """Let a proposed group form, below another one and led by some; it is active once it has its charter.

    Taken up twice, it is one group. Refused `forbidden`, `not_open`, `name_taken`, `too_deep`.
    """
    require(may_answer_proposals(by))
    proposal = _held(proposal)
    if proposal.group is not None:
        return proposal.group
    _require_open(proposal)
    _require_room_below(parent)
    try:
        with transaction.atomic():
            group = Group.objects.create(
                name=proposal.name,
                slug=free_slug(proposal.name),
                parent=parent,
                state=GroupState.FORMING,
                state_since=today_here(),
            )
    except IntegrityError:
        raise Refused(
            _("There is a group called %(name)s already.") % {"name": proposal.name}, code="name_taken"
        ) from None
    _answer(proposal, ProposalState.TAKEN_UP, "", by, group)
    record(ProposalTakenUp(proposal_id=proposal.pk, name=group.name), by=by, on=group, within=group)
    role = managing_role(group)
    for position, (name, power) in enumerate(
        ((_("Participants"), Power.TAKE_PART), (_("Observers"), Power.OBSERVE)), 1
    ):
        Role.objects.create(group=group, position=position, name=name, power=power)
    for person in list(dict.fromkeys(managers))[:MOST_MANAGERS]:
        give_role(person, group, role, by=system())
    tell([proposal.by], ProposalIsAnswered(proposal))
    return group


@transaction.atomic
def decline_proposal(proposal: GroupProposal, *, answer: str, by: Actor) -> GroupProposal:
    """Say no to a proposed group, with words that its proposer is told. Refused `why_missing`, `not_open`."""
    require(may_answer_proposals(by))
    answer = plain_name(answer)
    if not answer:
        raise Refused(_("Please say why, in a few words: somebody has put thought into this."), code="why_missing")
    if len(answer) > LONGEST_ANSWER:
        raise Refused(_("Please say it in at most %(count)s characters.") % {"count": LONGEST_ANSWER}, code="invalid")
    proposal = _held(proposal)
    if proposal.state == ProposalState.DECLINED:
        return proposal
    _require_open(proposal)
    _answer(proposal, ProposalState.DECLINED, answer, by, None)
    record(ProposalDeclined(proposal_id=proposal.pk, answer=answer), by=by, about=proposal.by, on=proposal)
    tell([proposal.by], ProposalIsAnswered(proposal))
    return proposal


def _held(proposal: GroupProposal) -> GroupProposal:
    GroupProposal.objects.select_for_update().get(pk=proposal.pk)
    return GroupProposal.objects.select_related("by", "group").get(pk=proposal.pk)


def _require_open(proposal: GroupProposal) -> None:
    if proposal.state != ProposalState.OPEN:
        raise Refused(
            _("This proposal is %(state)s already.") % {"state": proposal.get_state_display()}, code="not_open"
        )


def _require_room_below(parent: Group | None) -> None:
    if parent is None:
        return
    require(is_open_for_work(parent))
    if len(line_above(parent.pk, hold_all_groups())) + 2 > MOST_LEVELS:
        raise Refused(
            _("Groups stand at most %(count)d levels deep; that would be one too many.") % {"count": MOST_LEVELS},
            code="too_deep",
        )


def _answer(proposal: GroupProposal, state: ProposalState, words: str, by: Actor, group: Group | None) -> None:
    proposal.state, proposal.answer, proposal.group = state, words, group
    proposal.answered_by, proposal.answered_at = (by if isinstance(by, Person) else None), timezone.now()
    proposal.save(update_fields=["state", "answer", "group", "answered_by", "answered_at"])
