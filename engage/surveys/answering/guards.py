"""What the database itself refuses: to promise less than was promised, or to ask something else."""

from __future__ import annotations

REFUSED = "a wave keeps what it promised"
LOOSENED = "old.anonymity = 'strict' AND new.anonymity <> 'strict' OR new.version_id <> old.version_id"
SQLITE = [
    f"CREATE TRIGGER survey_wave_kept BEFORE UPDATE ON survey_wave WHEN {LOOSENED}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
]
POSTGRESQL = [
    "CREATE FUNCTION survey_wave_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {LOOSENED} THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN new; END $$",
    "CREATE TRIGGER survey_wave_kept BEFORE UPDATE ON survey_wave"
    " FOR EACH ROW EXECUTE FUNCTION survey_wave_refuse()",
]
