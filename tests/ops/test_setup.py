"""`engage init`: a real centre, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from engage.accounts.models import Invitation, Role
from engage.centre.models import Centre, Referent
from engage.cli import main
from engage.core.config import Settings
from engage.core.db import db
from engage.ideas.models import RefusalSentence
from engage.intake.models import DistressPhrase
from engage.ops import folder
from engage.outbox.models import Message
from engage.themes.models import Theme

ANSWERS = {
    "--name": "Maison de santé des Tilleuls",
    "--address": "1 rue des Tilleuls, 38000 Grenoble",
    "--phone": "04 00 00 00 00",
    "--zone": "Europe/Paris",
    "--referent": "Chloé Martin",
    "--referent-title": "Votre référente participation",
    "--referent-phone": "04 00 00 00 01",
    "--admin": "Dominique",
    "--admin-mail": "dominique@exemple.fr",
}


def init(data: Path, **other: str) -> Result:
    said = ANSWERS | {f"--{name.replace('_', '-')}": value for name, value in other.items()}
    words = [part for option in said.items() for part in option]
    return CliRunner().invoke(main, ["init", "--data", str(data), *words])


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ENGAGE_SMTP_HOST", raising=False)
    return tmp_path / "data"


def test_a_centre_is_set_up_with_what_it_starts_with(data: Path) -> None:
    done = init(data)
    assert done.exit_code == 0, done.output
    assert "/connexion/invitation/" in done.output
    assert (data / "keys").stat().st_mode & 0o777 == 0o600
    with folder.inside(folder.open_centre(Settings(data=data))):
        assert db.session.scalars(select(Centre.name)).one() == "Maison de santé des Tilleuls"
        assert db.session.scalars(select(Referent.first_name)).one() == "Chloé Martin"
        assert db.session.scalars(select(Invitation.role)).one() is Role.ADMIN
        assert db.session.scalars(select(Invitation.email)).one() == "dominique@exemple.fr"
        assert db.session.scalar(select(func.count()).select_from(Theme)) == 8
        for kind in (DistressPhrase, RefusalSentence):
            assert db.session.scalar(select(func.count()).select_from(kind)), kind
        assert db.session.scalar(select(func.count()).select_from(Message)) == 0


def test_it_asks_for_what_no_flag_says(data: Path) -> None:
    typed = "\n".join(ANSWERS.values()) + "\n"
    done = CliRunner().invoke(main, ["init", "--data", str(data)], input=typed)
    assert done.exit_code == 0, done.output
    assert "Name of the health centre" in done.output
    with folder.inside(folder.open_centre(Settings(data=data))):
        assert db.session.scalars(select(Centre.phone)).one() == "04 00 00 00 00"


def test_the_link_is_mailed_when_there_is_a_server(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGE_SMTP_HOST", "127.0.0.1")
    done = init(data)
    assert done.exit_code == 0, done.output
    assert "/connexion/" not in done.output
    with folder.inside(folder.open_centre(Settings(data=data))):
        assert db.session.scalars(select(Message.address)).one() == "dominique@exemple.fr"


def test_a_centre_is_set_up_once(data: Path) -> None:
    init(data)
    keys = (data / "keys").read_bytes()
    done = init(data, name="Une autre")
    assert done.exit_code == 1
    assert "holds a centre already" in done.output
    assert (data / "keys").read_bytes() == keys
    with folder.inside(folder.open_centre(Settings(data=data))):
        assert db.session.scalars(select(Centre.name)).one() == "Maison de santé des Tilleuls"


def test_an_interrupted_set_up_goes_on(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("engage.ops.setup.fill", lambda: 1 / 0)
        assert init(data).exit_code == 1
    keys = (data / "keys").read_bytes()
    assert init(data).exit_code == 0
    assert (data / "keys").read_bytes() == keys


@pytest.mark.parametrize(
    "wrong", [{"zone": "Europe/Grenoble"}, {"zone": "../../etc/passwd"}, {"admin_mail": "dominique"}]
)
def test_what_cannot_be_is_refused_before_anything_is_made(data: Path, wrong: dict[str, str]) -> None:
    done = init(data, **wrong)
    assert done.exit_code == 2
    assert not data.exists()
