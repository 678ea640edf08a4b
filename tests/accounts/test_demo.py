"""The buttons of the demo, and their absence everywhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from engage.accounts.models import Role
from engage.accounts.queries import DEMO_DOMAIN
from engage.app import create_app
from engage.core.db import db
from tests import make
from tests.accounts.post_box import require_second_factor
from tests.browser import Visitor
from tests.conftest import SECRET_KEYS

PEOPLE = {
    "amina": ("Amina", Role.MEMBER, "/mon-espace"),
    "benoit": ("Benoît", Role.PARTNER, "/mon-espace"),
    "chloe": ("Chloé", Role.COORDINATOR, "/equipe"),
    "admin": ("Dominique", Role.ADMIN, "/equipe"),
}


def fill(app: Flask) -> None:
    with app.app_context():
        for field, (name, role, _way) in PEOPLE.items():
            make.account(name, role, email=f"{field}@{DEMO_DOMAIN}")
        db.session.commit()


@pytest.fixture
def demo(app: Flask) -> Iterator[Flask]:
    """The same database, served as a demo."""
    settings = app.extensions["engage_settings"].model_copy(update={"demo": True})
    served = create_app(settings, SECRET_KEYS)
    fill(served)
    yield served
    with served.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("field", PEOPLE)
def test_each_person_of_the_demo_has_a_button(demo: Flask, field: str) -> None:
    """Also where the team needs a second factor: nobody sets one up to look around."""
    require_second_factor(demo)
    visitor = Visitor(demo)
    visitor.get("/connexion")
    assert visitor.page.count('action="/connexion/demo"') == 4
    assert f'name="person" value="{field}"' in visitor.page
    response = visitor.post("/connexion/demo", {"person": field})
    assert response.headers["Location"] == PEOPLE[field][2]
    visitor.get("/connexion/securite")


def test_the_demo_lets_in_nobody_else(demo: Flask) -> None:
    with demo.app_context():
        make.account("Elsa", Role.ADMIN, email="elsa@exemple.fr")
        db.session.commit()
    visitor = Visitor(demo)
    for person in ("elsa", "elsa@exemple.fr", "", "5"):
        visitor.get("/connexion")
        visitor.post("/connexion/demo", {"person": person}, status=404)


def test_outside_the_demo_the_address_does_not_exist(app: Flask, nobody: Visitor) -> None:
    fill(app)
    nobody.get("/connexion")
    assert "/connexion/demo" not in nobody.page
    nobody.post("/connexion/demo", {"person": "admin"}, status=404)
    nobody.get("/connexion/demo", status=404)
