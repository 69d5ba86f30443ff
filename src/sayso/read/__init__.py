"""From bytes to reports.

`read_inputs` takes paths, folders, URLs and standard input to raws, reports and problems. Whatever is wrong with an
input is a `Problem` that names it and says what to do; the rest is read. See `inputs` for the way of a name.
"""

from sayso.read.inputs import read_inputs
from sayso.read.limits import DEFAULT_LIMITS, Limits
from sayso.read.openings import Fetch, Fetched, UnreadableError

__all__ = ["DEFAULT_LIMITS", "Fetch", "Fetched", "Limits", "UnreadableError", "read_inputs"]
