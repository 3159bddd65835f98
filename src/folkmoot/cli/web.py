"""The web process: granian in front of the ASGI application. Started by `folkmoot serve` as its child.

This process itself stays small; the application is loaded in the processes that granian starts.
"""

from __future__ import annotations

import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from folkmoot.cli.processes import end_with_parent

APPLICATION = "folkmoot.config.asgi:application"
# Pages asked for at once in one process, besides what stays open (`folkmoot.live.limits`).
PAGES = 512


def load(target: str) -> Any:
    """Load the application inside a process that granian has started."""
    end_with_parent()
    from folkmoot.config.asgi import application

    return application


def main(address: str, port: int, processes: int, live_connections: int) -> None:
    """Serve until told to stop."""
    end_with_parent()
    Granian(
        APPLICATION,
        address=address,
        port=port,
        interface=Interfaces.ASGI,
        workers=processes,
        backpressure=live_connections + PAGES,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        process_name=None,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:5]))
