"""Run the program: `python -m feeds`."""

from feeds.cli.main import main

if __name__ == "__main__":
    main()
