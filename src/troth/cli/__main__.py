"""``python -m troth.cli``."""

from troth.cli.main import main

main()
