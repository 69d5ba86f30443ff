"""Times that return: "daily", "every Monday", "15 a year", as TIMEX3 sets."""

from __future__ import annotations

from sayso.extract.times.amounts import read_amount
from sayso.extract.times.anchors import Anchor, Found
from sayso.extract.times.dates import Answer
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.words import OTHER, load_lexicon


def found_set(hit: Hit, value: str, first: int | None = None) -> Found:
    """A set, from token `first` on."""
    start = hit.start if first is None else hit.words.starts[first]
    return Found(start, hit.end, "SET", value)


@rule("<word>OFTEN")
def read_often(hit: Hit, anchor: Anchor) -> Answer:
    """Daily, annual, quarterly."""
    if hit.words.written(hit.first)[:1].isupper() and (
        hit.words.written(hit.first - 1)[:1].isupper() or hit.words.written(hit.last + 1)[:1].isupper()
    ):
        return None  # The Daily Telegraph.
    return found_set(hit, hit.value("word", "OFTEN"))


@rule(
    "every/each <amount>({AMOUNT}|few/other)? <unit>UNIT/UNITS",
    "every <nth>ORDINAL/NTH <unit>UNIT",
    "once/twice (?:every/a/an/per/each) <unit>UNIT",
    "per <unit>UNIT",
)
def read_every(hit: Hit, anchor: Anchor) -> Answer:
    """Every two weeks, each day, every other month, per day."""
    unit = hit.text("unit")
    first = hit.first
    word = hit.words.word(first)
    if word in ("once", "twice", "per"):
        first += 1 if word != "per" else 0
    if word == "per" and hit.words.word(hit.first) == "per":
        first = hit.first
    if unit in ("second", "seconds") and word != "per":
        return None
    amount = read_amount(hit)
    if amount is None:
        return None
    if hit.text("amount") == "other":
        return found_set(hit, amount.value.replace("X", str(2 * amount.factor)), first)
    if hit.text("amount") == "few" or (amount.count is None):
        return found_set(hit, amount.value, first)
    if "nth" in hit:
        return found_set(hit, f"P{hit.number('nth') * amount.factor}{amount.letter}", first)
    if unit == "night":
        return found_set(hit, "XXXX-XX-XXTNI", first)
    if unit == "weekend":
        return found_set(hit, "XXXX-WXX-WE", first)
    return found_set(hit, amount.value, first)


@rule("every/each <weekday>WEEKDAY <part>PART?", "<weekday>WEEKDAYS <part>PART?", "every/each <month>MONTH", "every/each <part>PART", "every/each <season>SEASON")
def read_every_weekday(hit: Hit, anchor: Anchor) -> Answer:
    """Every Monday, Mondays, each March, every morning."""
    part = ("T" + hit.value("part", "PART")[0]) if "part" in hit else ""
    if "weekday" in hit:
        table = "WEEKDAYS" if hit.text("weekday") in load_lexicon().values["WEEKDAYS"] else "WEEKDAY"
        return found_set(hit, f"XXXX-WXX-{hit.value('weekday', table)}{part}")
    if "month" in hit:
        return found_set(hit, f"XXXX-{hit.value('month', 'MONTH'):02}")
    if "season" in hit:
        return found_set(hit, f"XXXX-{hit.value('season', 'SEASON')}")
    return found_set(hit, f"XXXX-XX-XX{part}")


NO_RATE_LEFT = frozenset("for in within after over than about almost nearly by of at until since once and or to is was be such what not as such quite the on with from".split())


@rule("a/an <unit>UNIT")
def read_rate(hit: Hit, anchor: Anchor) -> Answer:
    """A year, in "15 a year", "1,200 soldiers a day", "three times a week": after a count within four words."""
    unit = hit.text("unit")
    if hit.before in NO_RATE_LEFT or hit.after in ("ago", "later", "earlier", "before", "after", "and", "of", "long", "-", "when", "in", "on") or unit in ("weekend", "fortnight"):
        return None
    words = hit.words
    counts = load_lexicon().values["COUNT"]
    for i in range(hit.first - 1, max(-1, hit.first - 5), -1):
        word = words.word(i)
        if word in ("once", "twice", "times", "percent", "%") or word in counts or word[:1].isdigit():
            if unit == "second" and words.shape[hit.last + 1 : hit.last + 2] == OTHER:
                return None
            return found_set(hit, {"night": "XXXX-XX-XXTNI"}.get(unit, read_value(hit)))
        if not word[:1].isalpha() or word in NO_RATE_LEFT:
            return None
    return None


def read_value(hit: Hit) -> str:
    """The period of a unit."""
    amount = read_amount(hit)
    return amount.value if amount else ""
