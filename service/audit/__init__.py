"""The audit of the service: what a request does to whom is noted once, and written down in the background."""

from service.audit.log import AuditLog
from service.audit.noting import Noted, note_change, note_export, note_people, noting

__all__ = ["AuditLog", "Noted", "note_change", "note_export", "note_people", "noting"]
