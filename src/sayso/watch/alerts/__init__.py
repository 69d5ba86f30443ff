"""Alerts: what the rules of a team find in what is new, told once, with the claims, words and origins that made it.

`run_alerts` is one round: what is new since the last one is looked through, what was found is kept in the file of
alerts (`AlertStore`) with a message to each sink, and what is due is sent.
"""

from sayso.watch.alerts.alerts import Alert
from sayso.watch.alerts.rounds import run_alerts
from sayso.watch.alerts.sinks import load_sinks
from sayso.watch.alerts.stores import AlertStore

__all__ = ["Alert", "AlertStore", "load_sinks", "run_alerts"]
