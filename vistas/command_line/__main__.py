"""`python -m vistas.command_line` is `vistas`."""

from vistas.command_line import main

if __name__ == "__main__":
    main()
