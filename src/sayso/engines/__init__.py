"""What reads reports: this process, a pool of processes, or a cluster. All give the same readings in the same order.

An engine is a function from what was taken in to the readings of its reports, everything else passed on as it came, in
its place (see `items.Engine`). It reads no further ahead than it must, so that inputs of any size fit in memory.
"""

from __future__ import annotations

from functools import partial

from sayso.engines.inline import read_inline
from sayso.engines.items import Engine, Given, Item
from sayso.engines.pools import read_in_pool

__all__ = ["ENGINES", "Engine", "Given", "Item", "choose_engine", "read_in_pool"]

ENGINES = ("pool", "inline", "ray")
"""The engines by their names, the usual one first."""


def choose_engine(name: str, cluster: str = "") -> Engine:
    """The engine of a name of `ENGINES`. `cluster` is the address of the cluster that "ray" reads on, "" for one
    that is started on this machine."""
    if name == "ray":
        from sayso.engines.clusters import read_on_cluster

        return partial(read_on_cluster, address=cluster)
    return read_inline if name == "inline" else read_in_pool
