"""What the notices of all parts say of their election."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from folkmoot.governance.models.elections import Election


@dataclass(frozen=True)
class AboutElection:
    """A notice about an election, before `Notice` among its bases."""

    election: Election

    @property
    def title(self) -> str:
        return self.election.title

    @property
    def names(self) -> dict[str, str]:
        """For words that name the election alone."""
        return {"title": self.title}

    def page(self, name: str) -> str:
        """The address of one of its pages."""
        return reverse(name, args=[self.election.group.slug, self.election.key])
