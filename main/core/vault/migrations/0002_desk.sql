-- The desk of each person who opens the vault: settings, drafts of what she types, saved views of the caseload.

CREATE TABLE setting (
  member TEXT NOT NULL,             -- empty where the vault was opened by the recovery words
  name TEXT NOT NULL CHECK (name IN ('theme', 'lockAfter', 'paper')),
  value TEXT NOT NULL,
  PRIMARY KEY (member, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  member TEXT NOT NULL,             -- empty where the vault was opened by the recovery words
  case_id TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT '',    -- of the section; empty for a form that names none
  person TEXT NOT NULL DEFAULT '',  -- of a family section
  place TEXT NOT NULL,
  value TEXT NOT NULL,              -- JSON
  at INTEGER NOT NULL,
  PRIMARY KEY (member, case_id, kind, person, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_case ON draft (case_id, kind, person);

CREATE TABLE case_view (
  member TEXT NOT NULL,             -- empty where the vault was opened by the recovery words
  name TEXT NOT NULL,
  view TEXT NOT NULL,               -- JSON
  PRIMARY KEY (member, name)
) STRICT, WITHOUT ROWID;

-- The recovery slot whose words were asked back: new words are not confirmed yet.
ALTER TABLE vault ADD COLUMN words_confirmed TEXT;

-- Nothing of a section that is erased, or founded anew without a fact, lives on in a draft. Drafts of the case that name
-- no section may hold anything, and go too.
CREATE TRIGGER draft_erased AFTER DELETE ON section BEGIN
  DELETE FROM draft WHERE case_id = OLD.case_id
    AND (kind = '' OR (kind = OLD.kind AND person = coalesce(OLD.member, '')));
END;

-- Who has no slot any more types nothing here again.
CREATE TRIGGER desk_left AFTER UPDATE OF active ON member WHEN NEW.active = 0 BEGIN
  DELETE FROM draft WHERE member = OLD.id;
  DELETE FROM case_view WHERE member = OLD.id;
  DELETE FROM setting WHERE member = OLD.id;
END;
