"""Addresses that a desk answers, not a person (`info@…`): whoever is stored under one may be anybody there.

Taken for an identity, such an address would make one person of all who were ever reached by it.
"""

from __future__ import annotations

import re

__all__ = ["is_shared_address"]

# Ours: the words for desks and duties in the languages of our exports. A name that is missing costs a merged
# person where two share the address; a person listed here by mistake is known by their other identities.
_DESKS = frozenset(
    """
    info information infos informacion informacje contact contacts contactus kontakt contacto contato contatti
    office office1 buero buro sekretariat secretariat secretary secretaria segreteria empfang reception accueil
    recepcion mail email post postmaster webmaster hostmaster admin administrator administration administracion
    amministrazione verwaltung sales vertrieb verkauf ventes ventas vendite verkoop salg myynti comercial commercial
    marketing support help helpdesk hilfe service services servicedesk kundenservice customerservice customercare
    billing invoice invoices invoicing rechnung rechnungen facturation facturacion fatturazione accounts accounting
    buchhaltung comptabilite contabilidad contabilita finance jobs job careers career karriere bewerbung recruiting
    recruitment hr personal rh press presse prensa stampa media pr legal recht privacy datenschutz dpo abuse security
    team hello hallo hola bonjour ciao hi welcome orders order bestellung commande pedidos einkauf purchasing
    procurement achats compras it edv noc noreply no-reply donotreply do-not-reply newsletter news feedback general
    enquiries inquiries enquiry inquiry anfrage anfragen zentrale headoffice
    """.split()
)
_COUNTED = re.compile(r"[._-]?\d{1,2}$")


def is_shared_address(address: str) -> bool:
    """Whether an e-mail address is a desk's by its name alone (`Info2@helvion.example`)."""
    local = address.strip().casefold().partition("@")[0].partition("+")[0]
    return local in _DESKS or _COUNTED.sub("", local) in _DESKS
