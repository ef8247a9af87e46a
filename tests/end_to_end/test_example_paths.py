"""The invented examples, imported as `examples/README.md` says, give the paths that it promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from graph.engine import Engine
from graph.paths import CompanyTarget, PathAnswer, PathQuestion, PersonTarget, warm_paths
from graph.records.opportunities import list_opportunities
from graph.ties import derive
from importers.runs import ImportRequest, run_import
from service.committee import Room, read_room
from service.committee.plans import ask_next, counter, enter, vouch

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 11, 22)
OWNERS = {
    "mira-okaforde": "mira-okaforde",
    "tomas-havelcin": "tomáš-havelčin",
    "ingrid-solbakkvik": "ingrid-solbakkvik",
    "rafael-quintaovar": "rafael-quintãovar",
}
# What the README promises: how each decision-maker is best reached. Given names are enough to tell.
BEST = {
    "kwabena-asantekvist": "Mira Jonas Kwabena",
    "annelise-vanterpoel": "Ingrid Henrike Annelise",
    "eamon-fairgrievane": "Mira Jonas Kwabena Eamon",
    "folasade-adebankolé": "Ingrid Henrike Annelise Folasade",
    "beatriz-arrojadelo": "Tomáš Siiri Beatriz",
    "yuki-tanabeshiro": "Tomáš Siiri Beatriz Yuki",
    "théo-vauxcellier": "Tomáš Siiri Beatriz Théo",
    "dragan-milovčević-ras": "Rafael Inês Bartosz Dragan",
}


async def import_all(engine: Engine, spool: Path) -> None:
    await import_one(engine, spool, [EXAMPLES / "account"], "account")
    await import_one(engine, spool, [EXAMPLES / "careers"], "salesnav")
    for archive, slug in OWNERS.items():
        owner = f"https://www.linkedin.com/in/{slug}-invented"
        await import_one(engine, spool, [EXAMPLES / "team" / f"{archive}.linkedin.zip"], "linkedin", owner)
    # Evidence ages: the promises are of this day.
    await derive(engine, today=TODAY)


async def import_one(
    engine: Engine, spool: Path, paths: Iterable[Path], source: str, owner: str | None = None
) -> None:
    request = ImportRequest(paths=tuple(paths), source=source, owner=owner)
    run = await run_import(engine, request, spool_dir=spool)
    assert (run.state, run.error, run.refused) == ("done", None, ())


async def node_id(engine: Engine, key: str) -> str:
    rows = await engine.read("records/resolve", keys=[key])
    return str(rows[0]["properties"]["id"])


async def ask(engine: Engine, slug: str, connectors: int = 2, first: int = 1) -> PathAnswer:
    target = PersonTarget(await node_id(engine, f"person:linkedin:{slug}-invented"))
    return await warm_paths(engine, PathQuestion(target=target, max_connectors=connectors, first=first))


def ways(answer: PathAnswer) -> list[str]:
    return [" ".join(person.name.split(" ")[0] for person in path.people) for path in answer.paths]


async def test_the_examples_give_the_paths_of_their_readme(engine, tmp_path):
    await import_all(engine, tmp_path)
    assert {slug: ways(await ask(engine, slug))[0] for slug in BEST} == BEST
    assert ways(await ask(engine, "eamon-fairgrievane", connectors=1)) == ["Rafael Gonçalo Eamon"]

    assert ways(await ask(engine, "yuki-tanabeshiro", connectors=1)) == ["Mira Priya Yuki"]

    to_helvion = CompanyTarget(await node_id(engine, "company:name:helvion"))
    answer = await warm_paths(engine, PathQuestion(target=to_helvion, first=25))
    assert ways(answer)[:2] == ["Mira Jonas Kwabena", "Ingrid Henrike Annelise"]
    assert all(path.why and path.draft for path in answer.paths)

    nobody = await ask(engine, "lavinia-crăciunholt")
    assert nobody.paths == () and nobody.no_path is not None
    assert "only known that they were at Helvion as of 2026-10" in nobody.no_path.text

    # Decoys: years beside each other in a giant, one after the other, a rivalry, a mere connection.
    assert ways(await ask(engine, "eamon-fairgrievane", connectors=0, first=25)) == ["Ingrid Eamon"]
    assert not (await ask(engine, "morwenna-pengellish", connectors=0)).paths
    to_beatriz = await ask(engine, "beatriz-arrojadelo", first=25)
    assert "Tomáš Pavel Beatriz" not in ways(to_beatriz)
    assert ways(await ask(engine, "dragan-milovčević-ras", connectors=0)) == ["Rafael Dragan"]
    namesake = await ask(engine, "jonas-weidenfeldt-2", connectors=0)
    assert ways(namesake) == ["Rafael Jonas"] and namesake.paths[0].score < 0.3

    await the_committee_is_as_its_readme_says(engine)


async def the_committee_is_as_its_readme_says(engine: Engine) -> None:
    ((deal, _),) = await list_opportunities(engine, company_id=None, after=None, limit=2)
    assert deal.name == "Network monitoring 2027"
    room = await read_room(engine, deal.id, None, today=TODAY)
    assert room is not None and room.committee.size == 11

    def named(people: Iterable[str]) -> str:
        return " ".join(
            room.people[each].name.split(" ")[0] if each in room.people else "?" for each in people
        )

    def of(name: str) -> str:
        return next(person for person in room.committee.people if named([person]) == name)

    camps = room.camps(2)
    groups = [set(named(room.committee.people[i] for i in group).split()) for group in camps.groups]
    assert sorted(groups, key=len) == [
        {"Yuki", "Théo", "Beatriz", "Dragan"},
        {"Kwabena", "Eamon", "Jonas", "Gonçalo", "Annelise"},
    ]
    assert (camps.violated, camps.alternatives) == (0.3, 0)
    assert {named([room.committee.people[i]]) for i in camps.unaligned} == {"Folasade", "Lavinia"}
    assert not room.ways_to(of("Lavinia"))

    assert [(flag.kind, named(flag.about)) for flag in room.red_flags] == [
        ("economic_buyer_unmet", "Folasade")
    ]
    assert ("new_in_role", of("Folasade"), date(2026, 12, 1)) in {
        (moment.kind, moment.person, moment.until) for moment in room.moments
    }
    questions = [(named([asked.informant]), named([asked.subject])) for asked, _ in ask_next(room, 5)]
    assert questions[0] == ("Jonas", "Folasade") and {subject for _, subject in questions} == {"Folasade"}

    assert of("Yuki") in room.hostile
    (plan, *_) = counter(room, of("Yuki"), 2, 1).found.plans
    assert set(named(plan.supporters).split()) == {"Eamon", "Gonçalo"}
    the_outsiders_matter(room, named)


def the_outsiders_matter(room: Room, named: Callable[[Iterable[str]], str]) -> None:
    judged = {named(one.way.people): one.entry for one in enter(room, 200)}
    assert next(iter(judged)) == "Ingrid Henrike Annelise Folasade"
    over_beatriz = judged["Tomáš Siiri Beatriz Folasade"]
    assert round(over_beatriz.path.score, 2) == 0.71 and over_beatriz.side < -0.2
    assert "is bound to Yuki Tanabeshiro, who is against us" in over_beatriz.words
    assert "(0.27) is worth more" in over_beatriz.words
    vouchers = [
        (named([one.found.voucher.person]), named([one.member]))
        for one in vouch(room, room.committee.people, 9)
    ]
    assert {("Henrike", "Annelise"), ("Siiri", "Beatriz"), ("Priya", "Yuki")} <= set(vouchers)
