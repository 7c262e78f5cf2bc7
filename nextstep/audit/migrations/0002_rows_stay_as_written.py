"""Have the database itself refuse to change an event, whoever asks: another program, a console, a careless save().

A later migration that makes SQLite rebuild this table must make the trigger anew; tests/audit/test_models.py notices.
SQLite may delete, since Django empties test databases with DELETE there and with TRUNCATE on PostgreSQL.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'Audit events are never changed.');
END;
"""
POSTGRESQL = """
CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Audit events are never changed.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_stays();
"""


def guard(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_event_stays ON audit_event")
        schema_editor.execute("DROP FUNCTION audit_event_stays()")
    else:
        schema_editor.execute("DROP TRIGGER audit_event_stays")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, release)]
