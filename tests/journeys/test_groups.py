"""From a poster on a phone to a member who leaves again; a meeting from its agenda to its minutes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.queries import DEMO_DOMAIN
from engage.core import clock
from engage.core.db import db
from engage.groups.calling.models import Application, Call
from engage.groups.meeting.models import Meeting
from engage.groups.models import Autonomy, Group, GroupKind, Membership, MembershipPause
from engage.involvement.models import Person as Newcomer_
from engage.involvement.models import Source, Stage
from engage.outbox.models import Message
from tests.journeys.conftest import Newcomer, Person, said
from tests.journeys.dates import PARIS, Clock, enter
from tests.journeys.test_stories import CODE

pytestmark = pytest.mark.journey

NAME, ADDRESS = "Irma Caron", "irma.caron@exemple.fr"
POINT, WISH = "Choisir trois idées pour le printemps", "Le bruit dans le couloir"
HEARD, DECIDED = "Nous avons lu neuf idées.", "Le tableau d’attente reste."
CORRECTION, PUBLIC = "Nous étions huit, pas neuf.", "La commission garde le tableau d’attente."


@pytest.fixture
def time_of_site(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(clock, "datetime", moved)
    return moved


def _one(app: Flask, statement: object) -> object:
    with app.app_context():
        return db.session.scalars(statement).one()  # type: ignore[call-overload]


def commission(app: Flask) -> str:
    return str(_one(app, select(Group.code).where(Group.kind == GroupKind.COMMISSION)))


def test_from_a_poster_to_a_member_who_leaves(newcomer: Newcomer) -> None:
    irma, chloe = newcomer(), newcomer()
    code = apply_from_the_poster(irma)
    enter(chloe, "chloe")
    say_yes(chloe)
    accept(irma)
    agree_to_the_charter(irma)
    take_a_break(irma)
    leave(irma)
    irma.open("/suivi")
    irma.write("Your follow-up code", code)
    irma.press("See my message")
    see_who_came(chloe)


def apply_from_the_poster(irma: Person) -> str:
    """The QR of the poster remembers where it hangs; one screen, no account."""
    source = _one(irma.app, select(Source.code).where(Source.label.contains("boulangerie")))
    irma.open(f"/p/{source}")
    assert urlsplit(irma.page.url).path == "/participer"
    irma.open("/appels")
    irma.press(str(_one(irma.app, select(Call.title))))
    irma.press("I would like to take part")
    irma.press("Send")
    assert "govuk-error-summary" in irma.page.content()
    irma.write("Your name", NAME)
    irma.page.locator("[name=reply][value=mail]").check()
    irma.write("Your e-mail address", ADDRESS)
    irma.page.locator("[name=answer_1]").fill("J’ai du temps le soir.")
    irma.press("Send")
    found = CODE.search(irma.page.inner_text("main"))
    assert found
    return found[0]


def say_yes(chloe: Person) -> None:
    """The coordinator reads, looks at the contact, and answers in words."""
    chloe.open("/equipe/appels-a-participation")
    with chloe.app.app_context():
        rows = db.session.scalars(select(Application))
        mine = next(row for row in rows if row.name == NAME)
        assert mine.person is not None
        assert mine.person.source is not None
        assert "boulangerie" in mine.person.source.label
        code = mine.code
    chloe.open(f"/equipe/candidatures/{code}")
    chloe.press("Open this page")
    chloe.press("Show the contact")
    assert ADDRESS in chloe.page.content()
    chloe.page.locator("[name=answer]").fill("Merci Irma. La commission vous attend avec plaisir.")
    chloe.press("Say yes and tell them")


def invitation(irma: Person) -> str:
    """Where the link of the mail leads."""
    with irma.app.app_context():
        bodies = [row.body for row in db.session.scalars(select(Message)) if row.address == ADDRESS]
    found = [
        link[1] for body in bodies if (link := re.search(r"https?://[^/]+(/groupes/invitation/\S+)", body))
    ]
    assert len(found) == 1, bodies
    return found[0]


def accept(irma: Person) -> None:
    """The link of the mail only opens a page; an account is made on the way."""
    irma.open(invitation(irma))
    if irma.page.get_by_role("button", name=said("Open my invitation")).count():
        irma.press("Open my invitation")
    irma.press("Make my account")
    if irma.page.get_by_role("button", name=said("Open my invitation")).count():
        irma.press("Open my invitation")
    irma.write("Your e-mail address", ADDRESS)
    irma.press("Go on")
    digits = re.search(r"\b(\d{3}) ?(\d{3})\b", irma.mailed(ADDRESS))
    assert digits
    irma.write("The 6 digits of your code", digits[1] + digits[2])
    irma.press("Confirm")
    irma.press("I accept")
    assert "/espace" in irma.page.url
    with irma.app.app_context():
        latest = db.session.scalars(select(Membership).order_by(Membership.id.desc())).first()
        assert latest is not None
        mine = select(Newcomer_.stage).where(Newcomer_.account_id == latest.account_id)
        stage = db.session.scalars(mine).one()
    assert stage is Stage.MEMBER


def agree_to_the_charter(irma: Person) -> None:
    irma.open(f"/groupes/{commission(irma.app)}/charte")
    irma.page.locator("[name=agrees]").check()
    irma.press("I agree")
    assert said("You have agreed") in irma.page.content()


def take_a_break(irma: Person) -> None:
    irma.open(f"/groupes/{commission(irma.app)}/ma-place")
    irma.press("Take a break")
    assert isinstance(_one(irma.app, select(MembershipPause)), MembershipPause)
    irma.press("I am back")


def leave(irma: Person) -> None:
    """In one press, without a reason; what is private is closed from then on."""
    code = commission(irma.app)
    irma.open(f"/groupes/{code}/ma-place")
    irma.press("Leave the group")
    gone = irma.page.goto(f"{irma.address}/groupes/{code}/espace")
    assert gone is not None
    assert gone.status in {403, 404}


def see_who_came(chloe: Person) -> None:
    """By which door, and what became of them: a table, a chart, a file."""
    chloe.open("/equipe/parcours")
    chloe.press("Who came, by which door")
    assert "boulangerie" in chloe.page.content()


def test_a_meeting_from_its_agenda_to_its_minutes(newcomer: Newcomer, time_of_site: Clock) -> None:
    benoit, karim, josette = newcomer(), newcomer(), newcomer()
    enter(benoit, "benoit")
    code = plan(benoit)
    sign_in_as(karim, "karim", time_of_site)
    wish_for(karim, code)
    keep_it(benoit, code)
    reach(benoit, code, time_of_site, lambda meeting: meeting.ends_at + timedelta(hours=1))
    sign_in_as(josette, "josette", time_of_site)
    write_up(josette, code)
    correct(karim, code, time_of_site)
    answer(josette, code)
    reach(benoit, code, time_of_site, lambda meeting: meeting.ends_at + timedelta(days=9))
    sign_in_as(josette, "josette", time_of_site)
    freeze(josette, code)
    nobody = newcomer()
    nobody.open(f"/groupes/reunions/{code}/compte-rendu")
    assert PUBLIC in nobody.page.content()
    assert HEARD not in nobody.page.content()


def plan(benoit: Person) -> str:
    """The commission sets its own agenda: its co-chair plans."""
    benoit.open(f"/groupes/{commission(benoit.app)}/reunions/nouvelle")
    day = clock.today("Europe/Paris") + timedelta(days=12)
    benoit.page.locator("[name=day]").fill(day.isoformat())
    benoit.page.locator("[name=starts]").fill("18:00")
    benoit.page.locator("[name=ends]").fill("19:30")
    benoit.press("Plan it")
    with benoit.app.app_context():
        return db.session.scalars(select(Meeting.code).where(Meeting.day == day)).one()


def sign_in_as(somebody: Person, name: str, time_of_site: Clock) -> None:
    """People of the demo without a button come in by the code of their mail."""
    address = f"{name}@{DEMO_DOMAIN}"
    somebody.page.context.clear_cookies()
    somebody.open("/connexion")
    somebody.write("Your e-mail address", address)
    somebody.press("Get my code")
    digits = re.search(r"\b(\d{3}) ?(\d{3})\b", somebody.mailed(address))
    assert digits
    somebody.write("The 6 digits of your code", digits[1] + digits[2])
    somebody.press("Sign in")


def wish_for(karim: Person, code: str) -> None:
    karim.open(f"/groupes/reunions/{code}/ordre-du-jour")
    karim.page.locator("[name=text]").fill(WISH)
    karim.press("Add it")
    assert WISH in karim.page.content()
    karim.open(f"/groupes/reunions/{code}")
    karim.press("I come")


def keep_it(benoit: Person, code: str) -> None:
    benoit.open(f"/groupes/reunions/{code}/ordre-du-jour")
    benoit.press("Put it on")
    benoit.page.locator("[name=text]").fill(POINT)
    benoit.press("Add it")
    benoit.press("Close the agenda")
    benoit.open(f"/groupes/reunions/{code}")
    assert WISH in benoit.page.content()


def reach(somebody: Person, code: str, time_of_site: Clock, when: Callable[[Meeting], datetime]) -> None:
    with somebody.app.app_context():
        meeting = db.session.scalars(select(Meeting).where(Meeting.code == code)).one()
        moment = when(meeting)
    time_of_site.reach(somebody.app, moment.astimezone(PARIS))


def write_up(josette: Person, code: str) -> None:
    """The secretary writes three lines, and shares them."""
    josette.open(f"/groupes/reunions/{code}/compte-rendu")
    josette.press("Write the minutes")
    josette.page.locator("[name=heard]").fill(HEARD)
    josette.page.locator("[name=decided]").fill(DECIDED)
    josette.press("Keep the text")
    josette.press("Share these minutes")


def correct(karim: Person, code: str, time_of_site: Clock) -> None:
    sign_in_as(karim, "karim", time_of_site)
    karim.open(f"/groupes/reunions/{code}/compte-rendu")
    karim.page.locator("summary", has_text=said("Correct something")).click()
    karim.page.locator("[name=words]").fill(CORRECTION)
    karim.press("Send my correction")
    assert CORRECTION in karim.page.content()


def answer(josette: Person, code: str) -> None:
    josette.open(f"/groupes/reunions/{code}/compte-rendu")
    josette.page.locator("summary", has_text=said("Answer this correction")).click()
    josette.page.locator("[name$=is_taken][value=yes]").check()
    josette.page.locator("[name$=-answer]").fill("C’est corrigé, merci.")
    josette.page.locator("details[open] button").first.click()
    josette.page.wait_for_load_state()
    josette.look()


def freeze(josette: Person, code: str) -> None:
    """A week later they are approved, and a few words are written for everyone."""
    josette.open(f"/groupes/reunions/{code}/compte-rendu")
    josette.press("Approve these minutes")
    josette.page.locator("[name=public_words]").fill(PUBLIC)
    josette.press("Show these words to everyone")


def test_a_group_steps_up_and_steps_down(newcomer: Newcomer) -> None:
    benoit = newcomer()
    enter(benoit, "benoit")
    code = commission(benoit.app)
    decide(benoit, code, "Voulons-nous présider et écrire nos comptes rendus ?", Autonomy.OWN_CHAIR)
    assert _one(benoit.app, select(Group.autonomy).where(Group.code == code)) is Autonomy.OWN_CHAIR
    decide(benoit, code, "Voulons-nous revenir à la coprésidence ?", Autonomy.CO_LED)
    assert _one(benoit.app, select(Group.autonomy).where(Group.code == code)) is Autonomy.CO_LED


def decide(benoit: Person, code: str, question: str, step: Autonomy) -> None:
    """A question by consent that names the step; closed without objection, it is carried out."""
    benoit.open(f"/groupes/{code}/autonomie")
    benoit.press("Ask the group")
    benoit.page.locator("[name=question]").fill(question)
    benoit.page.locator("[name=way][value=consent]").check()
    benoit.page.locator("[name=moves_autonomy]").select_option(step.value)
    benoit.press("Ask the question")
    benoit.page.locator("[name=count_objections]").fill("0")
    benoit.press("Close the question")
    benoit.open(f"/groupes/{code}/autonomie")
    benoit.press("Carry it out now")


def test_a_partner_patient_prints_her_year(newcomer: Newcomer) -> None:
    benoit = newcomer()
    enter(benoit, "benoit")
    benoit.open("/mon-dossier")
    assert "Accueil des étudiants infirmiers" in benoit.page.content()
    year = clock.today("Europe/Paris").year
    fetched = benoit.page.request.get(f"{benoit.address}/mon-dossier/attestation/{year}.pdf")
    assert fetched.body()[:5] == b"%PDF-"
