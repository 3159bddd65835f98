"""What is logged of a request: its path without the secrets that stand in it."""

from __future__ import annotations

import logging

# Names under which addresses of pages carry what lets somebody in, or acts for them.
SECRETS = ("token", "code")


class WithoutSecrets(logging.Filter):
    """Takes tokens out of what Django logs of a request, such as the path of one that failed; nothing is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        secrets = [str(match.kwargs[name]) for name in SECRETS if name in match.kwargs] if match else []
        for secret in secrets:
            record.msg = str(record.msg).replace(secret, "…")
            if isinstance(record.args, tuple):
                record.args = tuple(arg.replace(secret, "…") if isinstance(arg, str) else arg for arg in record.args)
        return True
