-- What lists and Today need of plans, papers and days. All of it is derived: rows of older vaults are made after unlocking.

-- Of each kind of section, by which version of its projectors its rows were made; a kind that is not here or behind is made anew.
CREATE TABLE projection (
  kind TEXT PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT;
INSERT INTO projection (kind, version) SELECT value, 1 FROM json_each('["plan", "identity", "family"]')
  WHERE NOT EXISTS (SELECT 1 FROM case_row);

-- Tasks of plans that are not over. day: the last day the due date may mean, in days since 1970, UTC.
CREATE TABLE task_row (
  section TEXT NOT NULL,
  task TEXT NOT NULL,
  case_id TEXT NOT NULL,
  what TEXT NOT NULL,
  due TEXT,                         -- JSON: the date as it was given, or as the task's rhythm makes it
  day INTEGER,
  state TEXT NOT NULL,
  office TEXT,
  member TEXT,
  who TEXT,
  PRIMARY KEY (section, task)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_case ON task_row (case_id, day);
CREATE INDEX task_day ON task_row (day);
CREATE INDEX task_office ON task_row (office) WHERE office IS NOT NULL;

-- Papers that are held and end. day: the first day the end may mean.
CREATE TABLE paper_row (
  section TEXT NOT NULL,
  paper TEXT NOT NULL,
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  day INTEGER NOT NULL,
  PRIMARY KEY (section, paper)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_day ON paper_row (day);

-- The day of the open task of a case that is due first.
ALTER TABLE case_row ADD COLUMN next_day INTEGER;
-- How many other offices have a role on a case; NULL until its chain is looked at again.
ALTER TABLE case_row ADD COLUMN others INTEGER;

-- The last part stored on a day of this laptop's clock: what was stored since then is younger. Day 0: all that was there before.
CREATE TABLE part_day (
  day INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;
INSERT INTO part_day (day, last) SELECT 0, coalesce(max(seq), 0) FROM part;

-- What Today looks for among rows that hold far more. Without the first, every opening of a consent would be parsed.
CREATE INDEX consent_opening_until ON consent_opening (json_extract(body, '$.until.day'));
CREATE INDEX bundle_in_at ON bundle_in (at);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_backup ON audit (at) WHERE action = 'backup-made';
CREATE INDEX section_conflicts ON section (case_id) WHERE conflicts > 0 AND state = 'live';
CREATE INDEX case_held ON case_row (held) WHERE held > 0;
