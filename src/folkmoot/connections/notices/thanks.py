"""What people hear of thanks: that somebody thanked them, and once a year what there was."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.models.thanks import Thanks
from folkmoot.notices.kinds import TOPICS, Notice, Topic

TOPICS.register(
    "thanks",
    Topic(gettext_lazy("Thanks"), gettext_lazy("Somebody thanks you; and once a year, your year in thanks")),
    order=130,
    by=__name__,
)


@dataclass(frozen=True)
class ThanksCame(Notice):
    """To whoever is thanked."""

    kind = "connections.thanks_came"
    topic = "thanks"

    thanks: Thanks

    @property
    def giver(self) -> str:
        return self.thanks.giver.name if self.thanks.giver is not None else ""

    def subject(self) -> str:
        return _("%(name)s thanks you") % {"name": self.giver}

    def path(self) -> str:
        return f"{reverse('my_thanks')}#thanks-{self.thanks.pk}"

    def action(self) -> str:
        return _("Say who sees it")

    def once(self) -> str:
        return once_for(self.thanks)


@dataclass(frozen=True)
class YearInThanks(Notice):
    """To whoever was thanked in a year, in the first days of the next one."""

    kind = "connections.year_in_thanks"
    topic = "thanks"

    year: int

    def subject(self) -> str:
        return _("Your year %(year)s in thanks") % {"year": self.year}

    def path(self) -> str:
        return reverse("year_in_thanks", args=[self.year])

    def action(self) -> str:
        return _("Read your card")

    def once(self) -> str:
        return once_for_year(self.year)


def once_for(thanks: Thanks) -> str:
    """The key under which somebody hears of a thanks."""
    return f"thanks {thanks.pk}"


def once_for_year(year: int) -> str:
    """The key under which somebody hears of a year, once."""
    return f"year {year}"
