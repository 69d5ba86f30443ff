"""The OpenAPI document is true: whatever is sent, what comes back is what it says, and never a fault of ours."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.users import User

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
"""That all data of the schema are accepted is not asked: it cannot say which words are a day, or an id."""
HEADERS = {"authorization": "Bearer of-nobody"}
MOST, SEED = 12, 20240326


@pytest.fixture(scope="module")
def shared(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all that is sent: what it keeps does not matter here."""
    folder = tmp_path_factory.mktemp("sent")
    desk = Desk.open(str(shutil.copy(kept, folder / "desk.db")), folder / "cache")
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def operations(shared: Desk) -> dict[str, Any]:
    """The operations of the document, by their ids."""
    app = create_app(shared, ["testserver"], User("ana", "admin"))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    found = (result.ok() for result in schema.get_all_operations())
    return {one.definition.raw["operationId"]: one for one in found}


def test_whatever_is_sent_is_answered_as_the_document_says(operations: dict[str, Any]) -> None:
    assert len(operations) > 30
    for operation in operations.values():

        @seed(SEED)
        @settings(
            max_examples=MOST,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )
        @given(case=operation.as_strategy())
        def send(case: Any) -> None:
            case.call_and_validate(headers=HEADERS, checks=CHECKS)

        send()


def test_what_is_not_of_the_schema_is_refused(operations: dict[str, Any]) -> None:
    from schemathesis import GenerationMode

    for name in ("list_points", "check", "judge", "compare"):

        @seed(SEED)
        @settings(max_examples=MOST, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operations[name].as_strategy(generation_mode=GenerationMode.NEGATIVE))
        def send(case: Any) -> None:
            case.call_and_validate(headers=HEADERS, checks=(*CHECKS, negative_data_rejection))

        send()


def test_what_there_is_has_the_shape_that_the_document_says(operations: dict[str, Any], shared: Desk) -> None:
    picture = shared.picture(shared.stories()[0].id)
    judged = shared.ledger.judge("grade", "Harbour Ledger", by="ana", value="B", reason="it corrects itself")
    names = {
        "story": picture.stories[0].id if picture.stories else shared.stories()[0].id,
        "point": picture.points[0].id,
        "report": picture.readings[0].report.digest,
        "judgement": judged.id,
        "since": "2024-03-27",
        "what": picture.points[0].id,
        "q": "bridge",
    }
    seen = 0
    for operation in operations.values():
        path = [one.name for one in operation.path_parameters.items]
        if operation.method.upper() != "GET" or not names.keys() >= set(path):
            continue
        query = {one.name: names[one.name] for one in operation.query.items if one.name in names}
        case = operation.Case(path_parameters={name: names[name] for name in path}, query=query)
        answer = case.call(headers=HEADERS)
        assert answer.status_code == 200, operation.label
        case.validate_response(answer, checks=CHECKS)
        seen += 1
    assert seen >= 20
