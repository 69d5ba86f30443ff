"""Which institution "the ministry" is, where reports know several of one state's."""

from itertools import permutations

from sayso.weigh.sources import Account, Said, place_branches
from sayso.who.institutions import Institution

NAMES = ("Ministry of Works", "Ministry of Ports", "Ministry of Mines", "Ministry of Rivers")


def test_the_first_told_of_is_taken_in_every_run() -> None:
    for names in permutations(NAMES, 2):
        known = [Institution(name=name, country="PE", branch="works") for name in names]
        bare = Institution(name="works", branch="works")
        said = tuple(Said(attribution=n, name=one.name, institution=one) for n, one in enumerate([*known, bare]))
        placed = place_branches([Account(said=said, lead=(0,), lead_span=(0, 10))])[0].said[-1].institution
        assert placed is not None and placed.name == names[0]
