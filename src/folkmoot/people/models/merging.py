"""Two records of one person, made one, and how to take it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from folkmoot.people.models.people import Person

UNDO_WITHIN = timedelta(days=30)


class MergeRecord(models.Model):
    """`gone` was merged into `kept`. `moved` says per kind of data what moved, `before` how both records stood.

    Both are emptied when the merge can no longer be undone, or when the person is erased; `gone_email` as well.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone_email = models.EmailField(max_length=254, blank=True)
    moved = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="merge_is_of_two", condition=~models.Q(kept=models.F("gone"))),
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="person_is_merged_into_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Person {self.gone_id} merged into person {self.kept_id}"

    @property
    def undo_until(self) -> datetime:
        return self.made_at + UNDO_WITHIN
