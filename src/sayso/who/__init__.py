"""Who is meant: one typed identity for everybody who speaks, acts, publishes or is spoken for."""
