"""An empty Streamlit app, started as ours is: `python benchmarks/bare.py SCRIPT FLAG… --port=PORT`."""

import os
import sys

*flags, port = sys.argv[2:]
command = [sys.executable, "-m", "streamlit", "run", sys.argv[1], *flags, port.replace("--port", "--server.port")]
os.execv(sys.executable, command)
