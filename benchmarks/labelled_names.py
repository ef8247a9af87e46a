# ruff: noqa: RUF001  (names of all scripts stand here)
"""Names of invented people, and how the same name gets written down: the labelled generator's own knowledge.

It shares nothing with `importers/identity`: other lists, other rules. What the matcher cannot know it must not learn
from here.
"""

from __future__ import annotations

import unicodedata
from random import Random

__all__ = ["CULTURES", "Culture", "ascii_form", "misspelt", "written"]

_GERMAN = (
    "Anna Lena Katharina Sabine Petra Ursula Brigitte Julia Stefanie Claudia Johanna Greta Ulrike Margarethe Jürgen "
    "Günther Björn Wolfgang Michael Thomas Andreas Stefan Matthias Sebastian Maximilian Florian Tobias Klaus Dieter "
    "Friedrich Johannes Hans-Peter Karl-Heinz Jörg Uwe Christian Alexander Benjamin Lukas Felix Moritz Heinrich Ludwig"
)
_ENGLISH = (
    "William Robert James Richard Elizabeth Margaret Katherine Jennifer Michael David Christopher Thomas Daniel "
    "Matthew Anthony Joseph Andrew Edward Samuel Benjamin Nicholas Jonathan Timothy Patricia Susan Rebecca Deborah "
    "Victoria Samantha Abigail Charlotte Emily Grace Olivia Harriet Oscar Henry George Arthur Frederick Stephen"
)
_ROMANCE = (
    "José María Francisco Javier Ángel Andrés Ramón Sofía Lucía Inés Begoña Núria Íñigo Alejandro Guillermo Álvaro "
    "Isabel Carmen Teresa Miguel Rafael Fernando Sergio Pedro João António Conceição Luís Inácio Beatriz Giovanni "
    "Giuseppe Francesca Niccolò Chiara Matteo François Hélène Benoît Jérôme Zoé Chloé Étienne Geneviève Jean-Luc"
)
_SLAVIC = (
    "Agnieszka Katarzyna Małgorzata Łukasz Paweł Michał Wojciech Krzysztof Grzegorz Tomasz Piotr Zbigniew Jarosław "
    "Jiří Tomáš Zdeněk Ondřej Božena Ludmila Žaneta Ivana Jelena Dragan Goran Zoran Miloš Đorđe Slavica Branko"
)
_RUSSIAN = (
    "Юрий Сергей Дмитрий Александр Алексей Андрей Владимир Николай Михаил Евгений Екатерина Наталья Татьяна Ольга "
    "Ирина Светлана Юлия Анастасия Ксения Василий Григорий Вячеслав Фёдор"
)
_CHINESE = "Wei Jing Min Lei Yan Fang Li Xia Hui Jun Bo Hao Ming Xin Ying Yu Chen Tao Gang Ping"

_COMMON = {
    "german": "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter",
    "english": "Smith Johnson Williams Brown Jones Davis Miller Wilson Moore Taylor Anderson Thomas Jackson White",
    "romance": "García Fernández González López Martínez Sánchez Rossi Ferrari Silva Santos Dubois Martin Bernard",
    "slavic": "Nowak Kowalski Wiśniewski Dąbrowski Novák Dvořák Petrović Jovanović Horvat Zieliński Šimek Černý",
    "russian": "Иванов Смирнов Кузнецов Попов Соколов Лебедев Козлов Новиков Морозов Петров Волков Соловьёв",
    "chinese": "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou",
}
_SYLLABLES = {
    "german": ("Brem Hold Stein Wald Krau Lind Oster Fried Grün Rüb Kess Vogt Hörn Zeis Pfann Eck Bäum Sorg Thal Wies",
               "en er el in hard brecht ing lau we schni", "mann bach berg hauser feld meister ling stätter rath hoff"),
    "english": ("Ash Brad Carl Dun El Fair Gar Hal Kent Lang Mar Nor Oak Pres Rad Shel Thorn Up Wal York",
                "bur den ing ley ham ter wor lin", "ton ford wood field worth son bridge man shaw by"),
    "romance": ("Alva Bar Cor Del Esca Fer Gal Her Ibá Jar Lor Mon Nava Ola Peñ Quin Ri San Tor Val",
                "ra no li ta ni ga be ca re mi", "rez llo ni ñez tti deau don gnac ro zzi"),
    "slavic": ("Bla Dub Gro Hav Jan Kla Led Mat Ned Ost Pro Rad Slo Tom Vrb Wol Zab Żur Kře Šef",
               "ko vi ne cze ro da li mo be sz", "ski wicz ński ček ić ák ka ov vič ec"),
    "russian": ("Бел Вор Гал Дуб Ерм Жук Зах Кар Лаг Мал Наз Орл Пав Род Сав Тих Ураз Фил Чер Щер",
                "е о и а у ов ин ан ен иш", "нов ков лин шин хин ров мин ский цев дин"),
    "chinese": ("Ao Bai Cai Deng Fan Gao Han Jia Kong Lu Mao Nie Pan Qiu Ren Shen Tang Xiao Yan Zhu", "", ""),
}  # fmt: skip


class Culture:
    """Names of one culture: frequent family names, and very many rare ones made of syllables."""

    def __init__(self, name: str, givens: str, share: float) -> None:
        self.name, self.share = name, share
        self.givens = givens.split()
        self.common = _COMMON[name].split()
        self.syllables = [part.split() or [""] for part in _SYLLABLES[name]]

    def family(self, random: Random) -> str:
        """A family name: one in four is frequent (all the more the earlier it stands in the list)."""
        if random.random() < 0.25:
            return self.common[min(int(random.expovariate(0.25)), len(self.common) - 1)]
        first, middle, last = self.syllables
        word = random.choice(first) + random.choice(middle) + random.choice(last)
        return random.choice(first) + word.lower() if random.random() < 0.6 and middle != [""] else word

    def given(self, random: Random) -> str:
        """A given name."""
        return self.givens[min(int(random.expovariate(3.0 / len(self.givens))), len(self.givens) - 1)]


CULTURES = (
    Culture("german", _GERMAN, 0.32),
    Culture("english", _ENGLISH, 0.26),
    Culture("romance", _ROMANCE, 0.2),
    Culture("slavic", _SLAVIC, 0.1),
    Culture("russian", _RUSSIAN, 0.07),
    Culture("chinese", _CHINESE, 0.05),
)

# What people are called: some of it no table of ours knows.
_CALLED = {
    "William": "Bill Will Liam", "Robert": "Bob Rob Bobby", "Richard": "Rick Dick Rich", "James": "Jim Jimmy Jamie",
    "Elizabeth": "Liz Beth Betty Lizbeth", "Margaret": "Maggie Peggy Meg", "Katherine": "Kate Kathy Kat",
    "Jennifer": "Jen Jenny", "Michael": "Mike Micky Michi", "Thomas": "Tom Tommy", "Christopher": "Chris Topher",
    "Daniel": "Dan Danny", "Anthony": "Tony", "Joseph": "Joe Joey", "Andrew": "Andy Drew", "Edward": "Ed Ted Ned",
    "Samuel": "Sam Sammy", "Benjamin": "Ben Benni", "Nicholas": "Nick", "Jonathan": "Jon", "Patricia": "Pat Trish",
    "Susan": "Sue", "Stephen": "Steve", "Frederick": "Fred", "Victoria": "Vicky Tori",
    "Andreas": "Andi", "Stefan": "Steff", "Matthias": "Matze Matt", "Sebastian": "Basti Seb", "Maximilian": "Max",
    "Katharina": "Kathi Kati", "Johannes": "Hannes Jo", "Friedrich": "Fritz", "Heinrich": "Heiner Heinz",
    "Ulrike": "Uli Ulla", "Margarethe": "Grete Gretel", "Alexander": "Alex Sascha", "Tobias": "Tobi", "Florian": "Flo",
    "Francisco": "Paco Fran Pancho", "José": "Pepe", "María": "Mari", "Guillermo": "Guille Memo", "Giuseppe": "Beppe",
    "Giovanni": "Gianni", "Alejandro": "Alex Ale", "Fernando": "Nando Fer", "Miguel": "Migue", "Katarzyna": "Kasia",
    "Małgorzata": "Gosia", "Krzysztof": "Krzysiek", "Tomasz": "Tomek", "Wojciech": "Wojtek", "Agnieszka": "Aga",
    "Александр": "Саша", "Дмитрий": "Дима", "Екатерина": "Катя", "Михаил": "Миша", "Владимир": "Вова Володя",
    "Николай": "Коля", "Наталья": "Наташа", "Юлия": "Юля",
}  # fmt: skip

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def _way(text: str) -> dict[str, str]:
    return dict(zip(_CYRILLIC, ("" if part == "-" else part for part in text.split()), strict=True))


_PASSPORT = _way("a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia")
_GERMAN_WAY = _way("a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja")
_ENGLISH_WAY = _way("a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya")
_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
_STROKES = str.maketrans("łŁđĐ", "lLdD")


def _romanised(text: str, table: dict[str, str]) -> str:
    found = "".join(table.get(letter, letter) for letter in text.lower())
    return " ".join(word[:1].upper() + word[1:] for word in found.split(" "))


def _bare(text: str) -> str:
    """Without accents, as old systems store it."""
    parts = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def ascii_form(text: str) -> str:
    """As an e-mail address spells a name."""
    return _bare(_romanised(text, _ENGLISH_WAY) if text[0] > "\u03ff" else text)


def misspelt(random: Random, word: str) -> str:
    """A slip of the keyboard: a letter left out, doubled, changed, or two in the other order."""
    if len(word) < 4:
        return word
    at = random.randrange(1, len(word) - 1)
    slip = random.randrange(4)
    if slip == 0:
        return word[:at] + word[at + 1 :]
    if slip == 1:
        return word[:at] + word[at] + word[at:]
    if slip == 2:
        return word[:at] + random.choice("aeioulnrst") + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def written(random: Random, given: str, middle: str, family: str) -> str:
    """One way in which a name gets written down in some system."""
    if random.random() < 0.09 and given in _CALLED:
        given = random.choice(_CALLED[given].split())
    if random.random() < 0.03:
        given = f"{given[0]}."
    script = random.random()
    if given[0] > "\u03ff" or family[0] > "\u03ff":
        if script < 0.75:
            way = random.choice((_PASSPORT, _GERMAN_WAY, _ENGLISH_WAY, _ENGLISH_WAY))
            given, family, middle = (_romanised(part, way) for part in (given, family, middle))
    elif script < 0.25:
        given, family = (_bare(part) for part in (given, family))
    elif script < 0.4:
        given, family = ("".join(_TWO_LETTERS.get(c, c) for c in part) for part in (given, family))
    if random.random() < 0.02:
        given = misspelt(random, given)
    if random.random() < 0.03:
        family = misspelt(random, family)
    if "-" in family and random.random() < 0.3:
        family = random.choice(family.split("-"))
    between = (
        f" {middle if random.random() < 0.4 else middle[0] + '.'} "
        if middle and random.random() < 0.4
        else " "
    )
    name = f"{given}{between}{family}"
    order = random.random()
    if order < 0.02:
        name = f"{family}, {given}"
    elif order < 0.035:
        name = f"{family} {given}"
    if random.random() < 0.05:
        name = random.choice(
            ("Dr. {}", "Prof. Dr. {}", "{}, PhD", "{}, MBA", "Mr {}", "Dipl.-Ing. {}")
        ).format(name)
    return name.upper() if random.random() < 0.02 else name
