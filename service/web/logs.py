"""Structured logs on standard error. Events are fixed words; fields never hold personal data.

Lines of libraries keep only their template: what they would fill in may be a name or a query.
"""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor

from service.settings import Settings

__all__ = ["configure_logs"]

_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


class _ForeignLines(logging.Handler):
    """Sends the lines of libraries through structlog, without what was filled in."""

    def emit(self, record: logging.LogRecord) -> None:
        template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        log = structlog.get_logger("library")
        cause = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        if template.startswith("Traceback"):
            # The server logs a failed start as one text; its last line begins with the exception's name.
            cause = template.strip().splitlines()[-1].partition(":")[0]
            template = "failed"
        fields = {"exception": cause} if cause else {}
        log.log(record.levelno, template[:200], library=record.name, **fields)


def configure_logs(settings: Settings, stream: TextIO | None = None) -> None:
    """Set up structlog and the standard library's logging for a service; safe to call again."""
    out = stream or sys.stderr
    text = settings.log_format == "text" or (settings.log_format == "auto" and out.isatty())
    level = _LEVELS[settings.log_level]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_traceback,
    ]
    last: Processor = structlog.dev.ConsoleRenderer() if text else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h, _ForeignLines)]:
        root.removeHandler(handler)
    root.addHandler(_ForeignLines())
    root.setLevel(max(level, logging.WARNING))
    # Strawberry logs each failed query with an excerpt of it; failures are logged by this service instead.
    logging.getLogger("strawberry.execution").disabled = True
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"
    logging.getLogger("uvicorn.error").setLevel(max(level, logging.WARNING))


def _without_traceback(_logger: object, _method: str, event: EventDict) -> EventDict:
    event.pop("exc_info", None)
    return event
