"""A column for wall time: what a clock is to show in some zone, as it was agreed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

S = TypeVar("S")
G = TypeVar("G")

if TYPE_CHECKING:

    class _TextField(models.Field[S, G], Generic[S, G]):
        """Tells mypy what is put in and what is got out; `null=True` adds None to both."""

        _pyi_private_set_type: datetime
        _pyi_private_get_type: datetime

else:

    class _TextField(models.CharField):
        def __class_getitem__(cls, item: Any) -> Any:
            return cls


class WallTimeField(_TextField[S, G]):
    """A naive `datetime`, exact to the second, kept as ISO text such as `2026-11-25T08:00:00`.

    Django and PostgreSQL would both attach a zone to a timestamp. As text it stays what was agreed, on every
    database, and still sorts by time. An aware value is a mistake of the caller and raises `ValueError`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 19
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, list(args), dict(kwargs)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise ValidationError("This is not a date with a time.", code="invalid") from None

    def get_prep_value(self, value: Any) -> str | None:
        moment = self.to_python(value)
        if moment is None:
            return None
        if moment.tzinfo is not None:
            raise ValueError(f"{self.name} holds wall time: {moment} has a zone.")
        return str(moment.isoformat(timespec="seconds"))
