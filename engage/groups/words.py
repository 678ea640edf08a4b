"""What groups, their sides, duties and steps of autonomy are called."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.groups.models import Autonomy, Entry, GroupKind, MemberKind, Side

KINDS = {
    GroupKind.COMMISSION: _l("Users’ commission"),
    GroupKind.WORKING_GROUP: _l("Working group"),
    GroupKind.CIRCLE: _l("Circle of partner patients"),
    GroupKind.READING_PANEL: _l("Reading panel"),
    GroupKind.PEERS: _l("Peer support and ambassadors"),
    GroupKind.WALK_COMMITTEE: _l("Walking group committee"),
}
KIND_ICONS = {
    GroupKind.COMMISSION: "people",
    GroupKind.WORKING_GROUP: "clipboard",
    GroupKind.CIRCLE: "users",
    GroupKind.READING_PANEL: "book",
    GroupKind.PEERS: "helper",
    GroupKind.WALK_COMMITTEE: "walk",
}
ENTRIES = {
    Entry.OPEN: _l("Open: people come in by asking"),
    Entry.APPLICATION: _l("By application: the team answers each person"),
    Entry.INVITATION: _l("By invitation only"),
}
SIDES = {
    Side.PATIENT: _l("Patients"),
    Side.CARER: _l("Carers"),
    Side.TEAM: _l("Care team"),
    Side.ELECTED: _l("Elected officials"),
    Side.ASSOCIATION: _l("Associations"),
}
AS_ONE = {
    Side.PATIENT: _l("as a patient"),
    Side.CARER: _l("as a carer"),
    Side.TEAM: _l("for the care team"),
    Side.ELECTED: _l("as an elected official"),
    Side.ASSOCIATION: _l("for an association"),
}
MEMBER_KINDS = {
    MemberKind.MEMBER: _l("Member"),
    MemberKind.CO_CHAIR: _l("Co-chair"),
    MemberKind.FACILITATOR: _l("Facilitator"),
    MemberKind.SECRETARY: _l("Secretary"),
    MemberKind.SUBSTITUTE: _l("Substitute"),
}
WHO_DECIDES = {
    Autonomy.PROPOSED: _l("The team proposes the subjects. The group gives its view, and the team decides."),
    Autonomy.CO_LED: _l("The team and the group lead together. The team decides, and says why."),
    Autonomy.OWN_AGENDA: _l("The group chooses its subjects. The team and the group decide together."),
    Autonomy.OWN_CHAIR: _l("The group has its own chair, writes its own minutes and closes its decisions."),
    Autonomy.OWN_DECISIONS: _l("The group decides by itself, and has a budget line of its own."),
}
STEPS = {
    Autonomy.PROPOSED: _l("Proposed by the team"),
    Autonomy.CO_LED: _l("Led together"),
    Autonomy.OWN_AGENDA: _l("Own agenda"),
    Autonomy.OWN_CHAIR: _l("Own chair and minutes"),
    Autonomy.OWN_DECISIONS: _l("Own decisions and budget"),
}
