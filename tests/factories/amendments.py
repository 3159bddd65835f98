from __future__ import annotations

from folkmoot.groups.actions import propose_amendment, start_amendment
from folkmoot.groups.models import Amendment, Group
from folkmoot.people.models import Person
from tests.factories.groups import CHARTER, join
from tests.factories.people import PersonFactory

AMENDED = CHARTER.replace("every second Wednesday at 08:00", "every second Wednesday at 09:00").replace(
    "* **Light** - Words that everyone can read.\n", ""
)
"""Another time, and an objective less."""


def draft(of: Group, text: str = AMENDED, *, by: Person | None = None, why: str = "Mornings are hard.") -> Amendment:
    """A draft by somebody who takes part."""
    return start_amendment(of, text=text, by=by or join(PersonFactory(), of), why=why)


def proposal(of: Group, text: str = AMENDED, *, by: Person | None = None, why: str = "Mornings are hard.") -> Amendment:
    """The same, laid before everybody."""
    made = draft(of, text, by=by, why=why)
    assert made.by is not None
    return propose_amendment(made, by=made.by)
