"""Where the law is: inside the installed package, or at the top of a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
LEGISLATION = PACKAGE if (PACKAGE / "parameters").is_dir() else PACKAGE.parent

PARAMETERS = LEGISLATION / "parameters"
VARIABLES = LEGISLATION / "variables"
CATALOGUE = PACKAGE / "catalogue"
TEMPLATES = PACKAGE / "templates"
WORDS = PACKAGE / "words"
