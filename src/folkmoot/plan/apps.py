from __future__ import annotations

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "folkmoot.plan"
    label = "plan"
    verbose_name = "Plan"
