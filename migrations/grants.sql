-- What the application's PostgreSQL role may do, when it is another than the owner of the tables.
--
-- Run it as the owner, in the database, after every migration (psql is enough):
--
--     psql --set app=groupnotes_app --file migrations/grants.sql groupnotes
--
-- The owner migrates (`make setup`); the application connects as the role `app` names, which
-- must exist: CREATE ROLE groupnotes_app LOGIN PASSWORD '…'. Such an application can add to
-- the audit log and read it, and can neither change nor remove any of it, nor switch off the
-- triggers that refuse that as well (45 CFR 164.312(b) and (c)(1)).

GRANT USAGE ON SCHEMA public TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";

-- Which migration the database is at is the owner's business.
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM :"app";

-- The log only grows; so do the checkpoints over it, and the keys that sign them.
REVOKE UPDATE, DELETE ON audit_events, audit_checkpoints, audit_keys FROM :"app";

-- The head moves on, forward (a trigger sees to that); it is neither made nor removed.
REVOKE INSERT, DELETE ON audit_head FROM :"app";

-- What was signed stays as it was signed; triggers refuse to change it as well.
REVOKE UPDATE, DELETE ON signatures, co_signatures, note_entries, note_returns FROM :"app";
REVOKE UPDATE, DELETE ON entry_returns FROM :"app";
GRANT UPDATE (settled_at) ON entry_returns TO :"app";
REVOKE DELETE ON individual_notes, signing_keys FROM :"app";

-- An emergency access is begun and ended; what is said of it stands.
REVOKE DELETE ON emergency_accesses FROM :"app";
REVOKE UPDATE, DELETE ON emergency_acknowledgements, emergency_reviews FROM :"app";

-- That a record was held or destroyed stays to be seen; triggers say what of it may change.
REVOKE DELETE ON legal_holds, purges, destructions FROM :"app";
