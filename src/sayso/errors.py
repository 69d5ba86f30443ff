"""The one kind of exception that users of sayso meet."""

from __future__ import annotations


class Error(Exception):
    """What was asked cannot be done. The message is one line: what is wrong and, where it can be told, what to do.

    What is wrong with one input of many is no exception but a `Problem`: the rest goes on.
    """
