"""The image and the compose file, as far as they can be checked where Docker does not run."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
INSTRUCTIONS = set(
    "FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL "
    "HEALTHCHECK SHELL".split()
)
REGISTRY = re.compile(r"(index-url|find-links|trusted-host|https?://(?!127\.0\.0\.1))", re.IGNORECASE)


@pytest.fixture(scope="module")
def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_every_line_of_the_dockerfile_is_an_instruction(instructions):
    assert {name for name, _ in instructions} <= INSTRUCTIONS
    assert instructions[0][0] == "FROM"


def test_the_image_runs_as_nobody_special_and_is_checked(instructions):
    last_stage = instructions[max(i for i, (name, _) in enumerate(instructions) if name == "FROM") :]
    names = [name for name, _ in last_stage]
    user = next(value for name, value in last_stage if name == "USER")
    assert user not in ("root", "0")
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert "/readyz" in next(value for name, value in last_stage if name == "HEALTHCHECK")


def test_what_the_image_copies_exists(instructions):
    for name, value in instructions:
        if name == "COPY" and "--from" not in value:
            for source in value.split()[:-1]:
                assert list(ROOT.glob(source)) or "*" in source, source


def test_every_service_has_a_health_check_and_waits_for_the_one_below(compose):
    services = compose["services"]
    assert services.keys() == {"neo4j", "liaison"}
    for service in services.values():
        assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert services["liaison"]["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert services["neo4j"]["image"].startswith("neo4j:5.26")


def test_volumes_are_declared_and_only_this_machine_is_listened_to(compose):
    for service in compose["services"].values():
        for volume in service.get("volumes", ()):
            assert volume.split(":")[0] in compose["volumes"]
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:")


def test_the_settings_that_compose_passes_are_known(compose):
    from service.settings import Settings

    known = {f"LIAISON_{name.upper()}" for name in Settings.model_fields}
    assert compose["services"]["liaison"]["environment"].keys() <= known


def test_no_password_is_written_down(compose):
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "AUTH" in name:
                assert "${" in value


def test_versions_are_pinned_without_a_registry_address():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins and all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!]+", line) for line in pins)
    for name in ("constraints.txt", "pyproject.toml", "Makefile", "Dockerfile"):
        assert not REGISTRY.search((ROOT / name).read_text()), name


def test_what_is_needed_is_pinned():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["dev"]]
    pins = {
        re.sub(r"[-_.]+", "-", line.split("==")[0]).lower()
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if "==" in line
    }
    assert {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name)[0]).lower() for name in wanted} <= pins


def test_operations_lists_every_setting_and_exit_code():
    from service.cli.output import ExitCode
    from service.settings import Settings

    text = (ROOT / "docs" / "operations.md").read_text()
    for name, field in Settings.model_fields.items():
        assert f"`LIAISON_{name.upper()}`" in text
        assert field.description
    for code in ExitCode:
        assert f"| {int(code)} |" in text
