"""What does `python -m genkdash` do? It hands the command line and the time to the commands."""

import os
import sys
from datetime import UTC, datetime

from genkdash.commands.line import run

if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1:], now=datetime.now(UTC)))
    except BrokenPipeError:
        # the reader has seen enough (`| head`); without this, Python complains again while closing
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
