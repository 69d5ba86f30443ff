"""Settings of the whole suite."""

import os

from hypothesis import settings

# What CI says of one commit must not depend on luck; at a desk every run tries other texts.
settings.register_profile("ci", derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
