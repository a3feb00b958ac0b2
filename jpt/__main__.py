"""Run the command line: `python -m jpt`."""

from jpt.cli import main

if __name__ == "__main__":
    main()
