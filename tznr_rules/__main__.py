"""``python -m tznr_rules`` is ``tznr-rules``."""

import sys

from tznr_rules.cli import main

if __name__ == "__main__":
    sys.exit(main())
