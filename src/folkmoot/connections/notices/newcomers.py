"""How newcomers are met: a rota of buddies, first tasks, check-ins."""

from __future__ import annotations
