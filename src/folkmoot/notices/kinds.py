"""What a notice is, and the topics by which people choose what they want to hear.

A room declares its notices in its own `notices.py` as frozen dataclasses that inherit from `Notice`; the words stand
in a template of that room, `<room>/notices/<name>.txt`, which is given `notice`, `person` and `organisation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from folkmoot.kit.registry import Registry
from folkmoot.ui.slots import Label

if TYPE_CHECKING:
    from folkmoot.people.models import Person


@dataclass(frozen=True)
class Audience:
    """Whom to tell: people, each once, and for a notice `for_lists` also the mailing lists of a place ("group:3")."""

    people: Iterable[Person]
    place: str = ""

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people)


@dataclass(frozen=True)
class Topic:
    """A line on the page where people choose: what it is about, in words, and an example of what comes."""

    label: Label
    hint: Label


TOPICS: Registry[Topic] = Registry("topic of notices")
TOPICS.register(
    "account", Topic(_("Your account"), _("Signing in, and what others do to your record")), order=10, by=__name__
)
TOPICS.register("groups", Topic(_("Your groups"), _("Who joins, roles, invitations, handovers")), order=20, by=__name__)
TOPICS.register("charter", Topic(_("Charters"), _("Amendments proposed and adopted")), order=30, by=__name__)
TOPICS.register(
    "decisions", Topic(_("Decisions"), _("What is proposed, objected to and decided")), order=35, by=__name__
)
TOPICS.register(
    "calls", Topic(_("Calls"), _("Calls that are announced, move, are cancelled or added")), order=40, by=__name__
)
TOPICS.register("tasks", Topic(_("Tasks and goals"), _("What you took on, and what falls due")), order=50, by=__name__)


@dataclass(frozen=True)
class Shortcut:
    """What one person may do about a notice from the mail itself: a local address that works without signing in, and
    what its link says. The page behind it has one button; opening it changes nothing.
    """

    path: str
    words: str


@dataclass(frozen=True)
class CalendarPart:
    """What calendars read of a mail: an iTIP method and an iCalendar text that names it."""

    method: str
    text: str


class Notice:
    """Something that a person is told.

    `kind` is "<room>.<name>", stands in the database and names the template. `topic` is a name in `TOPICS`.
    `needed` notices (codes, an answer to what one asked) cannot be switched off and wait for no quiet hours.
    A notice that is `for_lists` also goes to the mailing lists of its place, once each; there its template is given no
    person. Fields of the dataclass are what the template shows; a notice is made, told and forgotten in one go.
    """

    kind: ClassVar[str] = ""
    topic: ClassVar[str] = ""
    needed: ClassVar[bool] = False
    for_lists: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not cls.kind or "." not in cls.kind:
            raise TypeError(f"{cls.__name__} has no kind of the form room.name.")
        if cls.kind in KINDS and KINDS[cls.kind].__qualname__ != cls.__qualname__:
            raise TypeError(f"Two notices are called {cls.kind}.")
        KINDS[cls.kind] = cls

    def subject(self) -> str:
        """One line that says it all."""
        raise NotImplementedError

    def path(self) -> str:
        """The local address at which one acts on it or reads more; empty when there is none."""
        return ""

    def action(self) -> str:
        """What the button to `path` says."""
        return str(_("Have a look"))

    def shortcut(self, person: Person) -> Shortcut | None:
        """What this person may do from the mail without signing in; None for nothing."""
        return None

    def calendar(self, person: Person) -> CalendarPart | None:
        """What goes along in the mail for this person's calendar; None for nothing."""
        return None

    def once(self) -> str:
        """A key by which a person is told the same thing only once; empty when each telling is a new one."""
        return ""

    def because(self) -> str:
        """Why a person gets it, as a whole sentence for the foot of the mail."""
        if self.needed:
            return str(_("You get this because it is about your account or something that waits for you."))
        return str(_("You get this because you hear about “%(topic)s” by mail.")) % {"topic": TOPICS[self.topic].label}

    @property
    def template(self) -> str:
        """The path of the template with the words."""
        room, _dot, name = self.kind.partition(".")
        return f"{room}/notices/{name}.txt"


KINDS: dict[str, type[Notice]] = {}
