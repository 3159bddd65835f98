"""Everything that changes a template of checklists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.people.models import Person
from folkmoot.plan.actions.wording import clean_text, clean_title
from folkmoot.plan.domain.offsets import FURTHEST
from folkmoot.plan.facts import TemplateChanged
from folkmoot.plan.models import ChecklistTemplate, TemplateLine
from folkmoot.plan.parts import parts_in
from folkmoot.plan.queries import template_named
from folkmoot.plan.rules import may_edit_template, may_start_checklist
from folkmoot.plan.starters import starter

MOST_LINES = 60


@transaction.atomic
def template_for(key: str, group: Group | None) -> ChecklistTemplate:
    """The template of a key for a group, to start from or to change: its own, else the organisation's.

    That is written from our first wording when it is first needed; Refused `not_found` for a key that nobody knows.
    """
    found = template_named(key, group)
    return found if found is not None else _write_starter(key)


@transaction.atomic
def make_template(
    *, key: str, group: Group | None, name: str, anchor_label: str, words: str = "", by: Actor
) -> ChecklistTemplate:
    """A new, empty template; Refused `taken` when there is one of this key here already."""
    require(may_start_checklist(by, group))
    if ChecklistTemplate.objects.filter(key=key, group=group).exists():
        raise Refused(_("There is a checklist of this kind here already."), code="taken")
    template = ChecklistTemplate.objects.create(
        key=key,
        group=group,
        name=clean_title(name, 120),
        words=clean_text(words),
        anchor_label=clean_title(anchor_label, 120),
    )
    _record(template, "made", by)
    return template


@transaction.atomic
def copy_template(template: ChecklistTemplate, group: Group, *, by: Actor) -> ChecklistTemplate:
    """The group's own copy of the organisation's template, to be changed freely; done twice, it is made once."""
    require(may_start_checklist(by, group))
    own = ChecklistTemplate.objects.filter(key=template.key, group=group).first()
    if own is not None:
        return own
    copy = make_template(
        key=template.key,
        group=group,
        name=template.name,
        words=template.words,
        anchor_label=template.anchor_label,
        by=by,
    )
    lines = list(template.lines.all())
    for line in lines:
        line.pk, line.template, line._state.adding = None, copy, True
    TemplateLine.objects.bulk_create(lines)
    return copy


@transaction.atomic
def change_template(template: ChecklistTemplate, *, name: str, words: str, anchor_label: str, by: Actor) -> None:
    """Change how a template is called; lists that run already keep their words."""
    require(may_edit_template(by, template))
    template.name, template.words = clean_title(name, 120), clean_text(words)
    template.anchor_label = clean_title(anchor_label, 120)
    template.save(update_fields=["name", "words", "anchor_label"])
    _record(template, "described", by)


@transaction.atomic
def save_step(
    template: ChecklistTemplate,
    *,
    step: TemplateLine | None = None,
    title: str,
    words: str = "",
    offset: int = 0,
    minimum: int = 0,
    who: str = "",
    person: Person | None = None,
    remind: Sequence[int] = (),
    escalate: int | None = None,
    check_name: str = "",
    link: str = "",
    by: Actor,
) -> TemplateLine:
    """Change a step of a template, or add one at its end; Refused `invalid` for days that make no sense."""
    require(may_edit_template(by, template))
    ChecklistTemplate.objects.select_for_update().get(pk=template.pk)
    if step is None and template.lines.count() >= MOST_LINES:
        raise Refused(_("A checklist has at most %(count)s steps.") % {"count": MOST_LINES}, code="invalid")
    if who and who not in parts_in(template.group):
        raise Refused(_("Please choose one of the options."), code="invalid")
    days = [offset, minimum, escalate or 0, *remind]
    if any(abs(number) > FURTHEST for number in days) or any(number < 0 for number in days[1:]):
        raise Refused(_("Please stay within ten years, and give periods that are not negative."), code="invalid")
    if step is None:
        last: int | None = template.lines.aggregate(last=models.Max("position"))["last"]
        step = TemplateLine(template=template, position=(last or 0) + 1)
    values: dict[str, Any] = {
        "title": clean_title(title),
        "words": clean_text(words),
        "offset": offset,
        "minimum": minimum,
        "who": who,
        "person": person,
        "remind": sorted(set(remind), reverse=True),
        "escalate": escalate,
        "check_name": check_name,
        "link": link,
    }
    for name, value in values.items():
        setattr(step, name, value)
    step.save()
    _record(template, "step", by)
    return step


@transaction.atomic
def remove_step(step: TemplateLine, *, by: Actor) -> None:
    """Take a step out of a template; done twice, it is done once."""
    require(may_edit_template(by, step.template))
    removed, _by_model = TemplateLine.objects.filter(pk=step.pk).delete()
    if removed:
        _record(step.template, "step_removed", by)


def _write_starter(key: str) -> ChecklistTemplate:
    first = starter(key)
    if first is None:
        raise Refused(_("There is no checklist called %(key)s.") % {"key": key}, code="not_found")
    template, made = ChecklistTemplate.objects.get_or_create(
        key=key,
        group=None,
        defaults={"name": first.name, "words": first.words, "anchor_label": first.anchor_label},
    )
    if made:
        TemplateLine.objects.bulk_create(
            TemplateLine(
                template=template,
                position=position,
                title=line.title,
                words=line.words,
                offset=line.offset,
                minimum=line.minimum,
                who=line.who,
                remind=list(line.remind),
                escalate=line.escalate,
                check_name=line.check_name,
                link=line.link,
            )
            for position, line in enumerate(first.lines, 1)
        )
        _record(template, "made", system())
    return template


def _record(template: ChecklistTemplate, change: str, by: Actor) -> None:
    record(TemplateChanged(template.pk, change, template.name), by=by, on=template, within=template.group)
