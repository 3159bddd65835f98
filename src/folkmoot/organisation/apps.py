from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "folkmoot.organisation"
    label = "organisation"
    verbose_name = "Organisation"
