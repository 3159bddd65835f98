"""What a page of a group is about."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from folkmoot.groups.models import Group


def group_called(slug: str) -> Group:
    """The group of an address; 404 when there is none."""
    return get_object_or_404(Group, slug=slug)
