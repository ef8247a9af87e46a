"""What a command says of a fault of ours: something that can be found, as there is no request."""

from __future__ import annotations

import pytest
import structlog
import typer

from service.cli.committee import _ask


async def test_a_fault_says_where_to_look(capsys):
    with structlog.testing.capture_logs() as logged, pytest.raises(typer.Exit) as end:
        # No engine at all: every resolver fails in a way that nobody foresaw.
        await _ask(None, "query($id: ID!) { opportunity(id: $id) { name } }", {"id": "x"})
    assert end.value.exit_code == 1
    told = capsys.readouterr().err
    assert "request id" not in told.replace("\n", " ")
    assert "“bug”" in told and "report" in told
    assert [line["event"] for line in logged] == ["bug"]


async def test_an_expected_refusal_keeps_its_words(capsys):
    with pytest.raises(typer.Exit):
        await _ask(None, "{ importRuns(first: -1) { nodes { id } } }", {})
    assert "First is 0 or more." in capsys.readouterr().err


def test_what_a_command_logs_is_no_result(monkeypatch, capsys):
    from service.cli.running import _log_to_stderr

    monkeypatch.setattr(structlog, "is_configured", lambda: False)
    chosen = {}
    monkeypatch.setattr(structlog, "configure", lambda **given: chosen.update(given))
    _log_to_stderr()
    chosen["logger_factory"]().msg("a line")
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "a line\n")
