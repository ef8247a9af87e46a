"""Runs the application on a socket that was opened beforehand."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from service.settings import Settings

__all__ = ["serve_app"]


def serve_app(
    app: FastAPI, settings: Settings, listening: socket.socket, started: Callable[[str], None]
) -> bool:
    """Serve until told to stop (SIGINT, SIGTERM); `started` gets the address. False when it did not start."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=settings.max_body_bytes,
        timeout_graceful_shutdown=10,
        lifespan="on",
    )
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    server = _Server(config, lambda: started(f"http://{shown}:{port}"))
    try:
        server.run(sockets=[listening])
    except SystemExit:
        # uvicorn's way to say that the application did not start.
        return False
    return server.was_started


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce
        self.was_started = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so once requests are answered."""
        await super().startup(sockets)
        if self.started:
            self.was_started = True
            self._announce()
