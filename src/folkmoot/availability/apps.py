from __future__ import annotations

from django.apps import AppConfig


class AvailabilityConfig(AppConfig):
    name = "folkmoot.availability"
    label = "availability"
    verbose_name = "Availability"
