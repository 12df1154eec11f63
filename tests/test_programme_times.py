"""Times of day in a programme file, and the instants that they become."""

from datetime import date, time

from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.core.units import MINUTE, Instant, between
from moderator.programme import Programme, ProgrammeErrors, load_programme, local_time
from tests.data.programmes import SMALL, loaded

HOUR = 60 * MINUTE
SUMMER = Instant(1_782_892_800_000)  # 1 July 2026, 10:00 in Zurich, 08:00 UTC
TEN_O_CLOCK = Instant(1_795_424_400_000)  # 23 November 2026, 10:00 in Zurich, 09:00 UTC


def small() -> Programme:
    return load_programme(SMALL)


def read(text: str) -> Programme | str:
    """The programme, or what is wrong with it."""
    try:
        return load_programme(text)
    except ProgrammeErrors as refused:
        return str(refused)


def test_times_of_the_room_become_instants() -> None:
    opening, panel = small().segments()

    assert opening.planned == (TEN_O_CLOCK, TEN_O_CLOCK + HOUR // 2)
    assert panel.planned == (TEN_O_CLOCK + HOUR // 2, TEN_O_CLOCK + 2 * HOUR)
    assert small().starts == TEN_O_CLOCK


def test_a_segment_may_have_no_times() -> None:
    programme = loaded("    start: 10:30\n    end: 12:00\n", "")

    assert programme.segments()[1].planned is None


def test_a_segment_may_have_a_start_alone() -> None:
    programme = loaded("    end: 12:00\n", "")

    assert programme.parts[1].starts == TEN_O_CLOCK + HOUR // 2
    assert programme.parts[1].ends is None
    assert programme.segments()[1].planned is None


def test_a_programme_without_times_starts_with_its_day() -> None:
    without = "\n".join(line for line in SMALL.split("\n") if "start:" not in line)
    without = "\n".join(line for line in without.split("\n") if "end:" not in line)

    programme = load_programme(without)

    assert programme.starts == TEN_O_CLOCK - 10 * HOUR


def test_the_earlier_hour_is_meant_where_clocks_show_one_twice() -> None:
    programme = load_programme(SMALL.replace("2026-11-23", "2026-10-25").replace("10:00", "2:30"))

    assert programme.starts == Instant(1_792_888_200_000)  # 00:30 UTC, still summer time


def test_at_another_time_the_whole_programme_moves_along() -> None:
    summer = small().starting_at(SUMMER)

    assert summer.day == date(2026, 7, 1)
    assert summer.starts == SUMMER
    assert [between(summer.starts, part.starts) for part in summer.parts] == [
        between(TEN_O_CLOCK, part.starts) for part in small().parts
    ]
    assert summer.document("en")["utc_offset"] == 120
    assert summer.starting_at(TEN_O_CLOCK) == small()


def test_a_segment_without_times_has_none_at_another_time() -> None:
    programme = loaded("    start: 10:30\n    end: 12:00\n", "").starting_at(SUMMER)

    assert programme.parts[1].starts is None
    assert programme.parts[1].ends is None


@settings(max_examples=40)
@given(
    st.dates(date(1945, 1, 1), date(2199, 12, 31)) | st.just(date(2011, 12, 30)),
    st.times(max_value=time(23, 58)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["America/New_York", "Asia/Kolkata", "Pacific/Apia", "Africa/Cairo", "UTC"]),
)
def test_an_instant_shows_the_time_it_was_made_of_or_the_file_is_refused(
    day: date, at: time, zone: str
) -> None:
    written = SMALL.replace("2026-11-23", f"{day}").replace("Europe/Zurich", zone)
    written = written.replace("    start: 10:30\n    end: 12:00\n", "")
    written = written.replace("end: 10:30", "end: 23:59")
    written = written.replace("start: 10:00", f"start: {at:%H:%M}")

    programme = read(written)

    if isinstance(programme, str):
        assert "clocks go forward" in programme
    else:
        shown = local_time(programme.starts, zone)
        assert (shown.date(), shown.time()) == (day, at)
