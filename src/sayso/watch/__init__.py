"""Watching: feeds asked when it is time, what is new kept, and what changed quietly in what was kept before."""
