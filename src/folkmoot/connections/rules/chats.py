"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.connections.models.chats import ChatConversation, ChatProgramme
from folkmoot.groups.models import Group
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import is_open_for_work, leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward


def may_begin_chats(actor: Actor | AnonymousUser | None, group: Group | None) -> Verdict:
    """Make a programme: whoever leads the group; for everybody, a steward."""
    if group is not None:
        return may_manage(actor, group)
    return YES if is_steward(actor) else no(_("Only a steward may begin chats for everybody here."))


def may_run_chats(actor: Actor | AnonymousUser | None, programme: ChatProgramme) -> Verdict:
    """Change or end a programme, and read its numbers: whoever may make one like it."""
    if programme.group is not None:
        return leads(actor, programme.group)
    return YES if is_steward(actor) else no(_("Only a steward may do this."))


def may_take_part_in_chats(actor: Actor | AnonymousUser | None, programme: ChatProgramme) -> Verdict:
    """Take part by one's own wish: whoever takes part in the group; for everybody, whoever is signed in."""
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in to take part."))
    if programme.ended_at is not None:
        return no(_("These chats have ended."))
    if programme.group is None:
        return YES
    if not has_power(actor, programme.group):
        return no(_("These chats are for those who take part in %(group)s.") % {"group": programme.group.name})
    return is_open_for_work(programme.group)


def may_see_chats(actor: Actor | AnonymousUser | None, programme: ChatProgramme) -> Verdict:
    """See a programme: whoever may take part or once did, and whoever runs it."""
    if isinstance(actor, Person) and programme.parts.filter(person=actor).exists():
        return YES
    if programme.group is None:
        return YES if isinstance(actor, Person) and actor.is_active else may_run_chats(actor, programme)
    if has_power(actor, programme.group) or may_run_chats(actor, programme):
        return YES
    return no(_("These chats are for those who take part in %(group)s.") % {"group": programme.group.name})


def may_speak_of_chat(actor: Actor | AnonymousUser | None, conversation: ChatConversation) -> bool:
    """See a conversation and say what became of it: those in it alone; to all others it is not there."""
    return isinstance(actor, Person) and conversation.seats.filter(person=actor).exists()
