"""Random households are new at each run, but in continuous integration."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True)  # a change is accepted or refused on its own merits; elsewhere, draws are new each time
if os.environ.get("CI"):
    settings.load_profile("ci")
