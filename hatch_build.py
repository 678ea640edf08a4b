"""Compile the catalogues when the wheel is built, and put them and the migrations inside.

An editable install gets no copy: it would grow stale beside the checkout.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        root = Path(self.root)
        inside: dict[str, str] = build_data["force_include"]
        for po in root.glob("translations/*/LC_MESSAGES/*.po"):
            mo = po.with_suffix(".mo")
            # A site that runs from this folder reads no half of it.
            fresh = po.with_suffix(f".{os.getpid()}.new")
            with po.open("rb") as source, fresh.open("wb") as target:
                write_mo(target, read_po(source, locale=po.parts[-3]))
            fresh.replace(mo)
            inside[str(mo)] = f"engage/{mo.relative_to(root).as_posix()}"
        for path in root.glob("migrations/**/*"):
            if path.suffix in (".py", ".mako"):
                inside[str(path)] = f"engage/{path.relative_to(root).as_posix()}"
