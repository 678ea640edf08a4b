"""Serves the bare application exactly as ours is served."""

from __future__ import annotations

import sys

from benchmarks.bare import create_app
from engage.core.config import Settings
from engage.ops import serve


def main(url: str, port: str, workers: str) -> None:
    app = create_app(url)
    app.extensions["engage_settings"] = Settings()
    serve.run(app, host="127.0.0.1", port=int(port), workers=int(workers), front_pages=())


if __name__ == "__main__":
    main(*sys.argv[1:])
