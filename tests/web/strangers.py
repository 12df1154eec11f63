"""Programs that know only the OpenAPI document, and send all that it allows and does not allow."""

from collections import Counter

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from moderator.core.terms import Role
from moderator.web.rates import Tally
from tests.web.hall import Hall

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

MOSTLY = st.sampled_from([True, True, True, False])


def tried(hall: Hall, examples: int) -> Counter[tuple[str, int]]:
    """Send so many requests of both kinds for each operation; how often each was answered how.

    An error tells which answer the document does not tell of, or was of the form 5xx.
    """
    answers: Counter[tuple[str, int]] = Counter()
    programs = [
        hall.chair,
        hall.program(Role.DELEGATION),
        hall.program(Role.RAPPORTEUR),
        hall.program(Role.FOLLOWER),
    ]
    device, victim = hall.enter(Role.SECRETARY), hall.enter(Role.FOLLOWER)
    link = hall.link(Role.PANELLIST)
    name = f"seat-{device.seat}"
    cookie = device.client.get_cookie(name)
    assert cookie is not None
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", hall.app)

    def send(case: Case, right: bool, program: int) -> None:
        hall.app.extensions["moderator.tally"] = Tally()  # limits are tested elsewhere
        headers, cookies = {"Accept-Encoding": "identity"}, {}
        if right:
            known = {"dialogue": hall.dialogue, "seat": victim.seat, "link": link.id}
            if case.path.startswith("/s/"):
                known, cookies = {"seat": device.seat}, {name: cookie.value}
            else:
                headers.update(programs[program].headers)
            parameters = case.path_parameters
            parameters.update({key: known[key] for key in known if key in parameters})
        answer = case.call(headers=headers, cookies=cookies)
        answers[case.operation.definition.raw["operationId"], answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    for found in schema.get_all_operations():
        operation = found.ok()
        cases = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        if operation.body or operation.path_parameters:
            cases |= operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        settings(
            max_examples=2 * examples,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(given(case=cases, right=MOSTLY, program=st.integers(0, len(programs) - 1))(send))()
    return answers
