# ruff: noqa: RUF001  (forms of all scripts stand here)
"""What stands beside a company's name without being part of it: its legal form, in many languages and scripts.

Our own list. A form is taken off only where its country puts it (mostly at the end), and never if nothing is left.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["without_legal_form", "without_written_form"]

# Normalised words at the end of a name; several words are one form.
_AT_THE_END = frozenset(
    tuple(form.split())
    for form in """
    ab; ab publ; aktiebolag; ag; ag co kg; ag und co kg; aktiengesellschaft; aps; as; a s; asa; asbl; vzw; bhd;
    sdn bhd; bv; b v; bvba; cvba; sprl; srl; s r l; srls; scarl; scrl; co; company; corp; corporation; cjsc;
    ojsc; pjsc; jsc; llp; lp; llc; l l c; plc; pllc; pc ltd; pte; pte ltd; pty; pty ltd; pvt; pvt ltd; private
    limited; dac; clg; cic; ulc; inc; incorporated; limited; ltd; ltda; limitada; lda; eireli; eirl; epp; sgps;
    doo; d o o; ood; eood; ead; jdoo; kd; ev; e v; eg; ek; e k; eingetragene genossenschaft; gbr; ohg; kg; kgaa;
    kg aa; gmbh; gmbh co kg; gmbh und co kg; gmbh co kgaa; ggmbh; gesellschaft mbh; gesellschaft m b h; mbh; m b
    h; ug; ug haftungsbeschrankt; partg; partgmbb; stgmbh; ges m b h; gesmbh; kft; zrt; nyrt; ltee; enr; hf;
    ehf; ks; kk; k k; godo kaisha; kabushiki kaisha; kabushikigaisha; nv; n v; vof; cv; oy; oy ab; oyj; ou; uab;
    sia; pt tbk; tbk; sa; s a; sa de cv; sab de cv; sapi de cv; s de rl; s de rl de cv; sociedad anonima;
    sociedad limitada; sl; s l; slu; sll; sau; sarl; s a r l; sa rl; sa r l; sas; sasu; eurl; snc; s n c; sca;
    scop; gie; spa; s p a; sapa; sas di; societa per azioni; sro; s r o; s ro; spol s r o; spol s ro; sp z oo;
    sp z o o; sp zoo; spzoo; spolka z oo; spolka akcyjna; spolka komandytowa; sp k; sp j; spj; se; sicav;
    societas europaea; as a; anonim sirketi; anonim sti; ltd sti; limited sirketi; sti; san ve tic as; san ve
    tic ltd sti; san tic as; ae; a e; epe; e p e; ike; oe; zao; oao; ooo; pao; tov; prat; shpk; sh p k; wll;
    fze; fz llc; fzco; ksc; saog; sp a
    """.replace("\n", " ").split(";")
    if form.strip()
)
_LONGEST = max(map(len, _AT_THE_END))

# As written, at the beginning: forms that Slavic and Asian languages put first. With their letters, lest a name in
# Latin letters that begins alike loses its first word.
_FIRST = re.compile(
    r"^\s*(?:(?:ООО|ОАО|ЗАО|ПАО|НАО|АО|ИП|ТОВ|ПрАТ|ПАТ|АТ|ТОО|ОсОО|ЕООД|ООД|АД|ДОО)\s+|"
    r"OOO\s+(?=\S)|PT\.?\s+(?=[A-Z])|"
    r"(?:株式会社|有限会社|合同会社|一般社団法人|\(株\)|\(有\)|㈱|㈲|주식회사|유한회사|\(주\)|บริษัท|شركة)\s*)"
)
_LAST = re.compile(
    r"\s*(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|㈱|㈲|股份有限公司|有限责任公司|有限責任公司|有限公司|"
    r"股份公司|주식회사|유한회사|\(주\)|จำกัด(?:\s*\(มหาชน\))?|(?<=\s)(?:ООО|ОАО|ЗАО|ПАО|АО|ЕООД|ООД|АД|ЕАД)|"
    r"בע[\"״'׳]*מ|ש\.?\s*מ\.?\s*מ\.?|ش\.?\s*م\.?\s*م\.?|ذ\.?\s*م\.?\s*م\.?)\s*$"
)


def without_written_form(name: str) -> str:
    """A company's name as written, without a form that is written in letters other than Latin."""
    text = unicodedata.normalize("NFKC", name)
    for pattern in (_FIRST, _LAST):
        shorter = pattern.sub("", text, count=1)
        if any(letter.isalnum() for letter in shorter):
            text = shorter
    return text


def without_legal_form(words: list[str]) -> list[str]:
    """Normalised words of a company's name, without all legal forms at their end."""
    kept = list(words)
    while form := next(
        (size for size in range(min(_LONGEST, len(kept) - 1), 0, -1) if tuple(kept[-size:]) in _AT_THE_END), 0
    ):
        kept = kept[:-form]
    return kept
