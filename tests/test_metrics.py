"""The figures of a process: what is counted stands on the page, and each registry is its own."""

from moderator.core.units import Duration
from moderator.metrics import Metrics
from tests.figures import figures


def test_what_is_counted_stands_on_the_page() -> None:
    metrics = Metrics()

    metrics.refused("full")
    metrics.answered("views", 304)
    metrics.commanded("open-list", "accepted", 0.002)
    metrics.noted("kept")
    metrics.told("patch")
    metrics.overtaken()
    metrics.overtaken()

    found = figures(metrics.page().decode())
    assert found['moderator_connections_refused_total{reason="full"}'] == 1
    assert found['moderator_requests_total{endpoint="views",status="304"}'] == 1
    assert found['moderator_commands_total{outcome="accepted",type="open-list"}'] == 1
    assert found['moderator_notes_total{act="kept"}'] == 1
    assert found['moderator_messages_total{message="patch"}'] == 1
    assert found["moderator_overtaken_total"] == 2


def test_times_are_in_seconds() -> None:
    metrics = Metrics()

    metrics.lagged(0.25)
    metrics.commanded("open-list", "list-closed", 0.5)
    metrics.rang(Duration(1_500))
    metrics.published("floor", 0.125)

    found = figures(metrics.page().decode())
    assert found["moderator_loop_lag_seconds_sum"] == 0.25
    assert found['moderator_command_seconds_sum{type="open-list"}'] == 0.5
    assert found["moderator_bell_lateness_seconds_sum"] == 1.5
    assert found['moderator_publisher_delay_seconds_sum{news="floor"}'] == 0.125


def test_sockets_are_counted_when_somebody_asks() -> None:
    metrics, held = Metrics(), {"bureau": 2, "public": 0}
    metrics.watch_sockets(held, held.__getitem__)
    held["public"] = 900

    found = figures(metrics.page().decode())

    assert found['moderator_sockets{audience="bureau"}'] == 2
    assert found['moderator_sockets{audience="public"}'] == 900


def test_processor_and_memory_are_the_librarys_own() -> None:
    found = figures(Metrics().page().decode())

    assert found["process_cpu_seconds_total"] > 0
    assert found["process_resident_memory_bytes"] > 0


def test_two_of_them_count_apart() -> None:
    one, other = Metrics(), Metrics()

    one.overtaken()

    assert figures(other.page().decode())["moderator_overtaken_total"] == 0
