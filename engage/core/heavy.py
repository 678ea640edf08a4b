"""The one loader of libraries too heavy to import at start, or that come with an extra."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def load(name: str) -> ModuleType:
    return import_module(name)
