"""Files without a header: what is a card, an event or a message in them, and what hostile ones must not do."""

from __future__ import annotations

import mailbox
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.formats.files import open_file
from importers.reading import mail
from importers.reading.blocks import BadBlock, read_blocks
from importers.reading.mail import begins_mailbox, read_messages
from importers.reading.problems import EmptyFileError, FileError

HEADERS = ("from", "to", "date", "message-id")


def blocks(tmp_path, text, component="VCARD", wanted=("FN", "N", "VERSION")):
    path = tmp_path / "file"
    path.write_bytes(text.encode())
    return list(read_blocks(path, "utf-8", component, wanted))


def messages(tmp_path, content):
    path = tmp_path / "box"
    path.write_bytes(content)
    return list(read_messages(path, HEADERS))


def test_a_card_is_unfolded_and_only_what_is_asked_for_is_kept(tmp_path):
    text = "BEGIN:VCARD\r\nFN:An\r\n na\r\nNOTE:secret\r\n more\r\nitem1.N:Berg;Anna\r\nEND:VCARD\r\n"
    (card,) = blocks(tmp_path, text)
    assert card.line == 1 and card.fields == {"FN": ["FN:Anna"], "N": ["item1.N:Berg;Anna"]}


def test_cards_inside_cards_and_alarms_inside_events_are_not_theirs(tmp_path):
    agent = "BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:Other\nEND:VCARD\nN:B;A\nEND:VCARD\n"
    (card,) = blocks(tmp_path, agent)
    assert card.fields == {"FN": ["FN:A"], "N": ["N:B;A"]}
    event = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nUID:2\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    (found,) = blocks(tmp_path, event, "VEVENT", ("UID",))
    assert found.fields == {"UID": ["UID:1"]}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", [1]),
        ("BEGIN:VCARD\nFN:A\nno property\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", [1]),
        ("\n\nBEGIN:VCARD\nFN:" + "x" * 100_000 + "\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", [3]),
        ("END:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\nEND:VCALENDAR\n", []),
    ],
)
def test_a_broken_card_is_said_with_its_line_and_the_next_is_read(tmp_path, text, lines):
    found = blocks(tmp_path, text)
    assert [one.line for one in found if isinstance(one, BadBlock)] == lines
    assert [one.fields["FN"] for one in found if not isinstance(one, BadBlock)] == [["FN:B"]]


def test_a_photograph_that_is_not_folded_is_passed_over(tmp_path):
    (card,) = blocks(tmp_path, "BEGIN:VCARD\nFN:A\nPHOTO;BASE64:AAAA\nBBBB\nCCCC\n\nN:B\nEND:VCARD\n")
    assert card.fields == {"FN": ["FN:A"], "N": ["N:B"]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.vcf", "BEGIN:VCARD\nFN:A\n"),
        ("a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n"),
        ("a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n"),
    ],
)
def test_a_file_that_breaks_off_is_refused_whole(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(FileError, match="truncated"):
        open_file(tmp_path / name, name)


def test_a_file_is_known_by_how_it_begins_not_by_its_name(tmp_path):
    path = tmp_path / "file"
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoé\r\nEND:VCARD\r\n"
    for content in (
        card.encode(),
        b"\xef\xbb\xbf\r\n" + card.encode(),
        card.encode("utf-16"),
        card.encode("cp1252"),
    ):
        path.write_bytes(content)
        opened = open_file(path, "Zoé.txt")
        assert (opened.format.name, opened.row_count) == ("vcard/cards", 1)
    path.write_bytes(b"From - x\nFrom: a@example.org\n\nx\n")
    assert open_file(path, "Inbox").format.name == "mailbox/mbox"
    with pytest.raises(FileError, match="does not begin with"):
        open_file(path, "Inbox", format_name="vcard")
    path.write_text("hello")
    with pytest.raises(FileError, match="does not begin with"):
        open_file(path, "cards.vcf")
    path.write_bytes(b"")
    with pytest.raises(EmptyFileError):
        open_file(path, "cards.vcf")
    path.write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    with pytest.raises(EmptyFileError, match="no event"):
        open_file(path, "a.ics")
    path.write_bytes(b"BEGIN:VCARD\n" + bytes(range(256)))
    with pytest.raises(FileError, match="binary"):
        open_file(path, "a.vcf")


def test_a_message_is_what_the_standard_library_takes_for_one(tmp_path):
    box = mailbox.mbox(tmp_path / "box")
    for number in range(40):
        body = "text\n" * (number % 7) + "\nFrom here on\n\nFrom a friend\nwithout a header\n" * (number % 3)
        box.add(f"From: a{number}@example.org\nTo: b@example.org\nSubject: secret\n folded\n\n{body}")
    senders = [[message["From"]] for message in box]
    box.close()
    found = list(read_messages(tmp_path / "box", HEADERS))
    assert [one.headers["from"] for one in found] == senders
    assert all(set(one.headers) == {"from", "to"} for one in found)
    lines = (tmp_path / "box").read_text().split("\n")
    assert all(lines[one.line - 1].startswith("From ") for one in found)


@given(
    st.lists(
        st.tuples(st.sampled_from(["\n", "\r\n"]), st.lists(st.sampled_from(["", "x", "From x", "A: b"]))),
        max_size=6,
    ),
    st.integers(9, 60),
)
def test_wherever_a_piece_ends_the_same_messages_are_found(tmp_path_factory, letters, piece):
    path = tmp_path_factory.mktemp("box") / "box"
    text = "".join(
        end.join([f"From - {n}", f"From: a{n}@example.org", "", *body, "", ""])
        for n, (end, body) in enumerate(letters)
    )
    path.write_bytes(text.encode())
    whole = list(read_messages(path, HEADERS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail, "_PIECE", piece)
        assert list(read_messages(path, HEADERS)) == whole
    assert len(whole) >= len(letters)


def test_a_header_of_ten_megabytes_is_refused_and_the_next_message_read(tmp_path):
    big = b"From - x\nFrom: a@example.org\nX-Big: " + b"x" * 10_000_000 + b"\nTo: b@example.org\n\nbody\n\n"
    tracemalloc.start()
    bad, good, cut = messages(tmp_path, big + b"From - y\nFrom: c@example.org\n\nx\n\nFrom - z\nTo: cut")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(bad, BadBlock) and bad.line == 1
    assert good.line == 8 and good.headers == {"from": ["c@example.org"]}
    assert isinstance(cut, BadBlock) and cut.line == 13
    assert peak < 30_000_000


def test_bodies_take_no_memory(tmp_path):
    path = tmp_path / "box"
    letter = b"From - x\nFrom: a@example.org\nDate: x\n\n" + (b"QUJD" * 19 + b"\n") * 20_000 + b"\n"
    path.write_bytes(letter * 20)
    tracemalloc.start()
    assert sum(1 for _ in read_messages(path, HEADERS)) == 20
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 30_000_000 and peak < 6_000_000


def test_headers_beyond_ascii_are_utf8_or_cp1252(tmp_path):
    found = messages(
        tmp_path,
        b"From - x\nFrom: M\xfcller <a@x.de>\nTo: Zo\xc3\xa9 <z@x.fr>,\n\tb@x.org\nX: y\nfrom: again\n\nbody\n",
    )
    assert found[0].headers == {"from": ["Müller <a@x.de>", "again"], "to": ["Zoé <z@x.fr>, b@x.org"]}


def test_what_begins_like_a_mailbox():
    assert begins_mailbox(b"From 1@xxx Thu\r\nX-GM-THRID: 1\r\n")
    assert not begins_mailbox(b"From here on it is text\nand more")
    assert not begins_mailbox(b"From,To,Sent At\na,b,c\n")
