"""What is said on the simulated day, as a rapporteur would note it down."""

from typing import Final, NamedTuple


class Point(NamedTuple):
    """A point that somebody makes; `stance` is None where there are no two sides."""

    kind: str
    text: str
    stance: str | None = None


POINTS: Final = (
    Point("concern", "victims are prosecuted for what they were forced to do"),
    Point("concern", "shelters are closing for lack of funds"),
    Point("concern", "recruitment has moved to the Internet faster than the police"),
    Point("concern", "children on the move disappear from reception centres"),
    Point("good-practice", "police, labour inspectors and shelters share one system of referral"),
    Point("good-practice", "hotlines speak the languages of migrant workers"),
    Point("good-practice", "joint teams investigate across borders"),
    Point("good-practice", "consular staff are trained before they are posted"),
    Point("recommendation", "ratification of the Palermo Protocol should be universal"),
    Point("recommendation", "victims should be identified early and not be punished"),
    Point("recommendation", "supply chains should be disclosed by whoever buys"),
    Point("recommendation", "survivors should take part in the making of policy"),
    Point("recommendation", "a new instrument is needed", "for"),
    Point("recommendation", "a new instrument is needed", "against"),
    Point("commitment", "it would contribute to the Trust Fund for victims of trafficking"),
    Point("commitment", "it would appoint a national rapporteur within the year"),
)  # fmt: skip

REPLIES: Final = (
    "what is measured is what gets paid for, and identification is hardly measured",
    "survivors sit on the board, and decide on half of the grants",
    "employers move when buyers ask, and buyers ask when they have to report",
    "a residence permit must not depend on testimony",
    "the Trust Fund reaches whom Governments do not",
)

QUESTIONS: Final = (
    "How are survivors heard when policies are made?",
    "What can a small State do with few means?",
    "Which measures against demand have been shown to work?",
    "How is the privacy of children kept in court?",
    "When will the guidelines for employers be published?",
)

OF_THE_OPENING: Final = (
    "trafficking is a crime that hides in plain sight, and a partnership has to see it"
)
OF_THE_CLOSING: Final = "words of the day should be read again in a year, beside what was done"

NOTE_TO_SPEAKER: Final = "One minute more, please, not two."
LATE_START: Final = "The clock was started late."
RULING: Final = "The list stands as it was announced."
BREAK: Final = "We go on at three o'clock."
