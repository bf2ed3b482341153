"""`python -m webapp` is the command `bienban`."""

from webapp.cli import main

main()
