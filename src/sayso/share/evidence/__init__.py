"""Packages of evidence: all that a ledger keeps of a claim, a report or a story, so that others can check it without
the ledger, after the minimum of the Berkeley Protocol on Digital Open Source Investigations: address, source, picture,
hash, who collected it and with what, each conversion, and what was done to it since.

    select -> gather -> wrap -> write         open -> check

A package is one tree of files (`contents`) with a head that lists them; it is wrapped into a bag (BagIt 1.0) or a WACZ
1.1.1, and `check_package` makes anew whatever can be made anew.
"""
