"""`liaison serve`: the HTTP service."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from typing import Annotated

import typer

from service.cli.output import ExitCode, fail, messages

__all__ = ["serve"]


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = 8000,
    explore: Annotated[bool, typer.Option("--explore", help="Also serve the GraphiQL page.")] = False,
) -> None:
    """Serve GraphQL, uploads, health and metrics over HTTP."""
    from graph.engine import EngineError
    from service.app import create_app
    from service.serving import serve_app
    from service.settings import load_settings
    from service.web.logs import configure_logs

    settings = load_settings()
    configure_logs(settings)
    app = create_app(settings, explore=explore)
    with _listen(host, port) as listening:
        started = serve_app(app, settings, listening, lambda address: _announce(address, explore))
    error = getattr(app.state, "startup_error", None)
    if isinstance(error, EngineError):
        raise error
    if not started:
        fail("the service did not start: its log above says why.")


def _announce(address: str, explore: bool) -> None:
    page = f", GraphiQL at {address}/graphql" if explore else ""
    messages().print(f"Liaison answers at {address}{page}. Stop it with Ctrl-C.")


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with ExitStack() as stack:
            listening = stack.enter_context(socket.socket(family, kind, protocol))
            # Else a port stays taken for a minute after a restart.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            stack.pop_all()
            return listening
    except OSError as error:
        fail(
            f"cannot listen on {host}:{port} ({error.strerror}): choose another --host or --port.",
            ExitCode.USAGE,
        )
