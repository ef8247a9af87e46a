"""HubSpot's columns in its eleven export languages: English, German, French, Spanish, Italian, Portuguese of
Brazil, Dutch, Japanese, Polish, Swedish, Finnish.

A column is named by its label in the language of the export; associations keep their English names in every
file that was seen. `seen`: spellings that stand in files of others or in code that reads them (public
repositories). `unseen`: from HubSpot's translated help pages, or plain translations: accepted, never required.
A label that a portal has changed is not known, and its column not read.
"""

from __future__ import annotations

from importers.formats.base import Column
from importers.formats.crm import spellings

__all__ = [
    "COMPANY_COLUMNS",
    "COMPANY_SIGNS",
    "CONTACT_COLUMNS",
    "CONTACT_SIGNS",
    "DEAL_COLUMNS",
    "DEAL_SIGNS",
    "LABELS",
    "PERSON_SIGNS",
    "ROLE_COLUMNS",
]


def _column(
    name: str,
    *,
    seen: str = "",
    unseen: str = "",
    required: bool = False,
    kept: bool = True,
    date: bool = False,
    newest: bool = False,
) -> Column:
    aliases = tuple(alias for alias in (*seen.split("|"), *unseen.split("|")) if alias)
    return Column(name, aliases, required=required, kept=kept, date=date, seen=newest, ranked=True)


def _record_id(*older: str) -> Column:
    """The row's id. `older`: what exports of former years call it."""
    seen = "ID de registro|ID de fiche d'informations|ID record|Datensatz-ID|ID do registro"
    unseen = "Record-ID|レコードID|Identyfikator rekordu|ID rekordu|Post-ID|Tietueen tunnus|Tietueen ID"
    return _column("Record ID", seen="|".join((seen, *older)), unseen=unseen, required=True)


_COMPANY_NAME = _column(
    "Company name",
    seen="Nombre de la empresa|Nom de l'entreprise|Nome azienda|Nome da empresa|Naam onderneming",
    unseen="Unternehmensname|Name des Unternehmens|Nome dell'azienda|Bedrijfsnaam|会社名|Nazwa firmy|Företagsnamn"
    "|Företagets namn|Yrityksen nimi",
)
_CITY = _column(
    "City",
    seen="Stadt|Ville|Ciudad|Città|Cidade|Plaats",
    unseen="市区町村|Miasto|Kaupunki",
)
_COUNTRY = _column(
    "Country/Region",
    seen="Land/Region|Pays/Région|País/región|País/Região|Land/regio",
    unseen="Paese/regione|国/地域|Kraj/region|Maa/alue",
)
_CREATED = _column(
    "Create Date",
    seen="Erstellungsdatum|Date de création|Fecha de creación|Data di creazione|Data de criação|作成日",
    unseen="Aanmaakdatum|Data utworzenia|Skapad den|Luontipäivä",
    date=True,
    newest=True,
)
_CHANGED = _column(
    "Last Modified Date",
    unseen="Letztes Änderungsdatum|Date de dernière modification|Fecha de última modificación"
    "|Data ultima modifica|Data da última modificação|Datum laatste wijziging|最終更新日"
    "|Data ostatniej modyfikacji|Senast ändrad|Viimeksi muokattu",
    date=True,
    newest=True,
)
_COMPANY_IDS = _column("Associated Company IDs", seen="Record ID - Company", unseen="Associated Company ID")
_PRIMARY_COMPANY_IDS = _column("Associated Company IDs (Primary)")
_COMPANY_NAMES = _column("Associated Company", seen="Azienda Associata", unseen="Associated Company Names")
_PRIMARY_COMPANY_NAMES = _column("Associated Company (Primary)", seen="Associated Company Names (Primary)")

_FIRST_NAME = _column(
    "First Name",
    seen="Vorname|Prénom|Nombre|Nome",
    unseen="Voornaam|名|Imię|Förnamn|Etunimi",
)
_LAST_NAME = _column(
    "Last Name",
    seen="Nachname|Nom|Apellidos|Sobrenome",
    unseen="Nom de famille|Apellido|Cognome|Achternaam|姓|Nazwisko|Efternamn|Sukunimi",
)
_CONTACT_ID = _record_id("Contact ID", "Record ID - Contact")
_BUYING_ROLE = _column(
    "Buying Role",
    unseen="Kaufrolle|Rolle im Kaufprozess|Rôle d'achat|Rol de compra|Ruolo d'acquisto|Ruolo di acquisto"
    "|Função de compra|Aankooprol|Inkooprol|購買の役割|購入における役割|Rola zakupowa|Köproll|Inköpsroll|Ostorooli",
)
_DEAL_IDS = _column("Associated Deal IDs")

CONTACT_COLUMNS: tuple[Column, ...] = (
    _CONTACT_ID,
    _FIRST_NAME,
    _LAST_NAME,
    _column(
        "Email",
        seen="E-Mail|Correo|Eメール",
        unseen="Email address|Correo electrónico|E-mailadres|Adres e-mail|E-post|E-postadress|Sähköposti",
    ),
    _column("Additional email addresses", unseen="Weitere E-Mail-Adressen|Adresses e-mail supplémentaires"),
    _column(
        "Job Title",
        seen="Cargo|役職",
        unseen="Jobbezeichnung|Intitulé du poste|Titre du poste|Puesto|Qualifica|Posizione lavorativa"
        "|Functie|Functietitel|Stanowisko|Jobbtitel|Befattning|Tehtävänimike|Työnimike",
    ),
    _COMPANY_NAME,
    _COMPANY_IDS,
    _PRIMARY_COMPANY_IDS,
    _COMPANY_NAMES,
    _PRIMARY_COMPANY_NAMES,
    _column("LinkedIn URL", seen="URL de LinkedIn", unseen="LinkedIn-URL|URL LinkedIn|URL do LinkedIn"),
    _CITY,
    _COUNTRY,
    _BUYING_ROLE,
    _DEAL_IDS,
    _CREATED,
    _CHANGED,
    _column(
        "Last Activity Date",
        seen="Última actividad",
        unseen="Datum der letzten Aktivität|Date de la dernière activité|Data ultima attività|最終アクティビティー日",
        kept=False,
        date=True,
        newest=True,
    ),
)

COMPANY_COLUMNS: tuple[Column, ...] = (
    _record_id("Company ID", "Record ID - Company"),
    _column(
        "Company name",
        seen="|".join(_COMPANY_NAME.aliases),
        unseen="Name",
        required=True,
    ),
    _column(
        "Company Domain Name",
        seen="Nombre de dominio de la empresa|Nom de domaine de l'entreprise|Nome de domínio da empresa"
        "|Domeinnaam onderneming",
        unseen="Unternehmensdomain|Unternehmens-Domain-Name|Domain-Name des Unternehmens"
        "|Nome di dominio dell'azienda|Nome dominio azienda|会社のドメイン名|Nazwa domeny firmy"
        "|Företagets domännamn|Yrityksen verkkotunnus",
    ),
    _column(
        "Website URL",
        seen="URL du site web|URL sito web|Website-URL|URL do site",
        unseen="URL del sitio web|ウェブサイトURL|Adres URL witryny|Webbplats-URL|Verkkosivuston URL",
    ),
    _column(
        "LinkedIn Company Page",
        seen="Page d'entreprise LinkedIn|Pagina LinkedIn dell'azienda",
        unseen="LinkedIn-Unternehmensseite|Página de empresa de LinkedIn|Página da empresa no LinkedIn"
        "|LinkedIn-bedrijfspagina",
    ),
    _column(
        "Industry",
        seen="Secteur d'activité|Sector|Settore|Branche",
        unseen="Setor|業種|Branża|Bransch|Toimiala",
    ),
    _column(
        "Number of Employees",
        unseen="Anzahl der Mitarbeiter|Mitarbeiterzahl|Nombre d'employés|Número de empleados"
        "|Numero di dipendenti|Número de funcionários|Aantal werknemers|従業員数|Liczba pracowników"
        "|Antal anställda|Työntekijöiden määrä",
    ),
    _CREATED,
    _CHANGED,
)

# An association with a label has a column of its own, as the primary company's was seen to have. These were not.
LABELS: tuple[str, ...] = (
    "Decision Maker",
    "Economic Buyer",
    "Budget Holder",
    "Technical Buyer",
    "Evaluator",
    "Business User",
    "End User",
    "Champion",
    "Coach",
    "Gatekeeper",
    "Legal",
    "Procurement",
)

_DEAL_NAME = _column(
    "Deal Name",
    seen="Nom de la transaction|Nombre del negocio|Nome trattativa|Nome do negócio|取引名",
    unseen="Deal-Name|Nome della trattativa|Dealnaam|Naam deal|Nazwa transakcji|Affärsnamn|Namn på affär"
    "|Kaupan nimi",
    required=True,
)

DEAL_COLUMNS: tuple[Column, ...] = (
    _record_id("Deal ID", "Record ID - Deal"),
    _DEAL_NAME,
    _column(
        "Deal Stage",
        seen="Phase de la transaction|Etapa del negocio|Fase trattativa|Etapa do negócio|取引ステージ",
        unseen="Deal-Phase|Fase della trattativa|Fase do negócio|Dealfase|Etap transakcji|Affärsfas|Kaupan vaihe",
    ),
    _column("Is Closed Won", seen="È con chiusura vinta", unseen="Is closed won?"),
    _column("Is Closed Lost", seen="È con chiusura persa", unseen="Is closed lost?"),
    _column(
        "Amount",
        seen="Montant|Valor|Importo",
        unseen="Betrag|Bedrag|金額|Kwota|Belopp|Summa",
    ),
    _column(
        "Amount in company currency",
        unseen="Betrag in Firmenwährung|Montant dans la devise de l'entreprise|Valor en la moneda de la empresa"
        "|Importo nella valuta dell'azienda|Valor na moeda da empresa|Bedrag in bedrijfsvaluta|会社通貨での金額"
        "|Kwota w walucie firmowej|Belopp i företagets valuta|Summa yrityksen valuutassa",
    ),
    _column(
        "Currency",
        seen="Moneda",
        unseen="Währung|Devise|Valuta|Moeda|通貨|Waluta|Valuutta",
    ),
    _column(
        "Close Date",
        seen="Date de fermeture|Fecha de cierre|Data di chiusura|Data de fechamento|クローズ日",
        unseen="Abschlussdatum|Sluitingsdatum|Sluitdatum|Data zamknięcia|Stängningsdatum|Slutdatum|Sulkemispäivä"
        "|Suljepäivä",
        date=True,
    ),
    _COMPANY_IDS,
    _PRIMARY_COMPANY_IDS,
    _COMPANY_NAMES,
    _PRIMARY_COMPANY_NAMES,
    _column("Associated Contact IDs"),
    *(_column(f"Associated Contact IDs ({label})") for label in LABELS),
)

# What tells companies called by a `Name` alone from products and other records with one.
COMPANY_SIGNS = spellings(_COMPANY_NAME, COMPANY_COLUMNS[2]) | {"company id", "company owner"}

# The second reading of contacts: which role they play in which deals.
ROLE_COLUMNS: tuple[Column, ...] = (
    _CONTACT_ID,
    _column("Buying Role", seen="|".join(_BUYING_ROLE.aliases), required=True),
    _DEAL_IDS,
)

PERSON_SIGNS = spellings(_FIRST_NAME, _LAST_NAME)
# A view of contacts without their names is no list of companies: its ids are contacts'.
CONTACT_SIGNS = spellings(
    *(column for column in CONTACT_COLUMNS if column.name in ("Email", "Job Title", "Buying Role"))
)
DEAL_SIGNS = spellings(_DEAL_NAME)
