"""Outlook contacts as CSV, whose headers are in the language of the Outlook that wrote them.

The spellings of seven languages were checked against files and programs of others (2003 to today); those marked `?`
could not be confirmed and are accepted all the same. Phones, addresses, birthdays, notes, categories, government ids
and relatives are in no column table: they are never read.
"""

from __future__ import annotations

from graph.model.records import Record
from importers.formats.address_book import entry_record, is_internal, mail_identities, profile_of
from importers.formats.base import Column, FileContext, Row, Skipped
from importers.formats.sheet import SheetFormat, reading_rows
from importers.formats.values import said

__all__ = ["OUTLOOK"]

# In the order English | German | French | Spanish | Italian | Dutch | Portuguese (Brazil, Portugal); Spanish and
# Brazilian Outlooks leave some headers in English.
_FIRST = ("Vorname", "Prénom", "Nombre", "Nome", "Voornaam", "Primeiro nome")
_MIDDLE = (
    "Weitere Vornamen",
    "2. Vorname",
    "Deuxième prénom",
    "Segundo nombre",
    "Secondo nome",
    "Middelste naam",
    "Tweede voornaam",  # ?
    "Segundo nome",
    "Nome do meio",  # ?
    "Outros nomes/apelidos",
)
# "Apelido" is the surname in Portugal and a nickname in Brazil, where "Sobrenome" stands beside it.
_LAST = ("Nachname", "Nom", "Apellidos", "Cognome", "Achternaam", "Sobrenome", "Apelido")
_COMPANY = (
    "Firma",
    "Unternehmen",  # ?
    "Société",
    "Organización",
    "Compañía",  # ?
    "Società",
    "Bedrijf",
    "Empresa",
)
_DEPARTMENT = ("Abteilung", "Service", "Departamento", "Reparto", "Afdeling")
# French Outlook heads both the form of address and the job with "Titre"; the job stands later.
_TITLE = ("Position", "Titre", "Puesto", "Cargo", "Posizione", "Functie")
_ADDRESS = (
    "Email Address",  # ?
    "E-Mail-Adresse",
    "Adresse de messagerie",
    "Adresse e-mail",  # ?
    "Dirección de correo electrónico",
    "Indirizzo posta elettronica",
    "E-mailadres",
    "Endereço de email",  # ?
    "Endereço de correio electrónico",
    "Endereço de e-mail",  # ?
)


def _numbered(number: int) -> tuple[str, ...]:
    return (
        f"Email {number} Address",  # ?
        f"E-Mail {number}: Adresse",
        f"E-Mail {number} Adresse",  # ?
        f"Adresse de messagerie {number}",
        f"Adresse e-mail {number}",  # ?
        f"Dirección de correo electrónico {number}",
        f"Dirección del correo electrónico {number}",
        f"Indirizzo posta elettronica {number}",
        f"E-mailadres {number}",
        f"Endereço de email {number}",
        f"Endereço do correio electrónico {number}",
        f"Endereço de e-mail {number}",  # ?
    )


_COLUMNS = (
    Column("First Name", _FIRST, required=True),
    Column("Middle Name", _MIDDLE),
    Column("Last Name", _LAST, required=True, ranked=True),
    Column("E-mail Address", _ADDRESS, required=True),
    Column("E-mail 2 Address", _numbered(2), required=True),
    Column("E-mail 3 Address", _numbered(3)),
    Column("Company", _COMPANY, required=True),
    Column("Department", _DEPARTMENT),
    Column("Job Title", _TITLE, last=True),
    Column(
        "Web Page",
        ("Webseite", "Page Web", "Página web", "Pagina Web", "Webpagina", "Página da Web"),
        kept=False,
    ),
)
_KEPT = frozenset(column.name for column in _COLUMNS if column.kept)
_FORMS_OF_ADDRESS = frozenset(
    "m. mme mlle mr mrs dr pr me madame monsieur mademoiselle docteur maître".split()
)


def _entry(row: Row, context: FileContext) -> Record | Skipped:
    parts = (row.get("First Name"), row.get("Middle Name"), row.get("Last Name"))
    title = row.get("Job Title")
    addresses = ("E-mail Address", "E-mail 2 Address", "E-mail 3 Address")
    return entry_record(
        "outlook",
        row,
        context,
        name=" ".join(part for part in parts if part),
        mails=mail_identities((column, row.get(column)) for column in addresses),
        profile=profile_of([row.get("Web Page")]),
        company=("Company", row.get("Company")),
        title=("Job Title", "" if title.casefold() in _FORMS_OF_ADDRESS else title),
        department=row.get("Department"),
        kept={name: text for name, text in said(row, _KEPT).items() if not is_internal(text)},
    )


OUTLOOK: tuple[SheetFormat, ...] = (
    SheetFormat(
        name="outlook/contacts",
        columns=_COLUMNS,
        read=reading_rows(_COLUMNS, _entry),
        needs_owner=True,
        dataset_of="owner",
    ),
)
