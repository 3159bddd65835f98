"""The shelf on which pages are kept, when it stands in Redis: without Redis it is an empty one."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("folkmoot.shelf")


class PatientRedis(RedisCache):
    """What is kept here can always be made anew, so Redis being away costs time and nothing else."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError as error:
            log.warning("pages are not kept: %s", error)
            return default

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        try:
            super().set(key, value, *args, **kwargs)
        except RedisError as error:
            log.warning("pages are not kept: %s", error)

    def delete(self, key: Any, version: int | None = None) -> bool:
        try:
            return super().delete(key, version)
        except RedisError as error:
            log.warning("a kept page lives up to a minute longer: %s", error)
            return False
