"""Who may read, write, show and retire articles."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.connections.models.knowledge import Article, ArticleSeen
from folkmoot.connections.queries.knowledge import readable
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import groups_with_power, has_power, leads_a_root_group
from folkmoot.groups.rules import is_open_for_work, leads
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward

WRITES = (Power.TAKE_PART, Power.MANAGE)


def may_read_article(actor: Actor | None, article: Article) -> Verdict:
    """Read it: whom it is for. One that was retired: whoever may edit it."""
    if article.is_retired:
        return may_edit_article(actor, article)
    if article.is_public or Article.objects.filter(readable(actor), pk=article.pk).exists():
        return YES
    return no(_("This article is for others."))


def may_write_article(actor: Actor | None, group: Group | None) -> Verdict:
    """Write and edit articles of a group: whoever takes part in it. Of the organisation: whoever does in any group."""
    if group is not None and not (is_open := is_open_for_work(group)):
        return is_open
    if is_steward(actor):
        return YES
    if isinstance(actor, Person) and actor.is_active and _takes_part(actor, group):
        return YES
    if group is None:
        return no(_("Articles for everybody are written by those who take part in a group."))
    return no(_("Articles of %(group)s are written by those who take part in it.") % {"group": group.name})


def _takes_part(person: Person, group: Group | None) -> bool:
    return has_power(person, group, *WRITES) if group else groups_with_power(person, *WRITES).exists()


def may_edit_article(actor: Actor | None, article: Article) -> Verdict:
    """Change its words, say that it holds or no longer does, and look after it."""
    if article.merged_into_id is not None:
        return no(_("This article became part of another one."))
    return may_write_article(actor, article.group)


def may_lead_articles(actor: Actor | None, group: Group | None) -> Verdict:
    """Show articles to everybody, retire and merge them: who leads the group; for the organisation, a root group."""
    if group is not None:
        return leads(actor, group)
    if is_steward(actor) or (isinstance(actor, Person) and actor.is_active and leads_a_root_group(actor)):
        return YES
    return no(_("Only those who lead a group above others, or a steward, may do this."))


def may_show_to(actor: Actor | None, group: Group | None, seen: str, before: str = "") -> Verdict:
    """Choose who reads an article: whoever writes it, except everybody, which those who lead choose."""
    if seen == ArticleSeen.EVERYONE and seen != before:
        verdict = may_lead_articles(actor, group)
        return YES if verdict else no(_("Those who lead show an article to everybody. Ask them once it is written."))
    return YES
