"""Settings of the whole suite."""

import os
import tempfile

from hypothesis import settings

# What CI says of one commit must not depend on luck; at a desk every run tries other texts.
settings.register_profile("ci", derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

# What runs keep between them is kept away from the user's own, and the user's settings from the tests.
os.environ["XDG_CACHE_HOME"] = os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="sayso-tests-")
