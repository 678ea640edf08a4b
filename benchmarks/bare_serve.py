"""Serves the bare application exactly as ours is served."""

from __future__ import annotations

import sys
from functools import partial

from benchmarks.bare import create_app
from engage.core.config import Settings
from engage.ops import serve


def main(url: str, port: str, workers: str) -> None:
    processes, threads = int(workers), Settings().threads
    opened = partial(create_app, url)
    serve.run(opened, host=serve.LOOPBACK, port=int(port), threads=threads, workers=processes, front_pages=())


if __name__ == "__main__":
    main(*sys.argv[1:])
