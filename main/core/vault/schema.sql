-- Made by schema-dump.ts from the migrations: do not edit.

CREATE TABLE vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL CHECK (length(id) = 32),
  kind TEXT NOT NULL CHECK (kind IN ('real', 'practice')),
  generation INTEGER NOT NULL,
  made INTEGER NOT NULL,
  slots_mac TEXT NOT NULL,          -- mirror of keyslots.json's MAC
  slots_mac_next TEXT,              -- set before the rename of keyslots.json, promoted after it
  merkle_head TEXT NOT NULL DEFAULT ''  -- over all nodes of merkle; kept on another page than they are
, words_confirmed TEXT) STRICT;

CREATE TABLE slot (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('member', 'recovery')),
  member TEXT,
  public_key BLOB NOT NULL
) STRICT;

CREATE TABLE opening (
  seq INTEGER PRIMARY KEY,
  nonce TEXT NOT NULL UNIQUE CHECK (length(nonce) = 32),
  parent TEXT,
  member TEXT,
  at INTEGER NOT NULL,
  issued INTEGER NOT NULL DEFAULT 0  -- numbers given to statements and bundles in this opening
) STRICT;

CREATE TABLE merkle (
  tree TEXT NOT NULL,
  level INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  digest BLOB NOT NULL,
  PRIMARY KEY (tree, level, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE merkle_dirty (
  tree TEXT NOT NULL,
  bucket INTEGER NOT NULL,
  PRIMARY KEY (tree, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE office (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  confidentiality TEXT NOT NULL DEFAULT ''  -- what this office must report or may be forced to give
) STRICT;

CREATE TABLE member (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  certificate TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1, 2))  -- 0 has no slot any more, 2 is being added: nobody until keyslots.json names her
) STRICT;

CREATE TABLE secret_key (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  member TEXT NOT NULL REFERENCES member (id),
  use TEXT NOT NULL CHECK (use IN ('signing', 'decryption')),
  slot TEXT,
  key_id TEXT NOT NULL,
  secret BLOB NOT NULL,
  made INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  member TEXT,
  action TEXT NOT NULL,
  case_id TEXT,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  entry TEXT NOT NULL,              -- canonical JSON
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX ledger_case ON ledger (case_id, seq);

CREATE TABLE chain (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,        -- SHA-256 of signed
  case_id TEXT NOT NULL,
  signed BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;

CREATE INDEX chain_case ON chain (case_id, seq);

CREATE TABLE consent_opening (
  consent TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  salt TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE consent_withdrawal (
  consent TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  body TEXT NOT NULL                -- canonical JSON
) STRICT;

CREATE INDEX consent_opening_case ON consent_opening (case_id);

CREATE TABLE part (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,          -- SHA-256 of signed
  save TEXT NOT NULL,
  case_id TEXT NOT NULL,
  section TEXT NOT NULL,
  kind TEXT NOT NULL,
  author TEXT NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,              -- as the author's laptop said
  signed BLOB NOT NULL,
  signature BLOB NOT NULL,
  changes BLOB NOT NULL             -- the change chunks, each preceded by its length (u32 big-endian)
) STRICT;

CREATE INDEX part_section ON part (section, seq);

CREATE INDEX part_case ON part (case_id, seq);

CREATE INDEX part_save ON part (save);

CREATE TABLE change (
  hash TEXT NOT NULL,
  part TEXT NOT NULL,
  section TEXT NOT NULL,
  actor TEXT NOT NULL,
  seq INTEGER NOT NULL,
  start_op INTEGER NOT NULL,
  ops INTEGER NOT NULL,
  dependencies TEXT NOT NULL,       -- change hashes, comma-separated
  PRIMARY KEY (hash, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX change_part ON change (part);

CREATE INDEX change_actor ON change (section, actor, seq);

CREATE TABLE section (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  member TEXT,                      -- of a family section
  state TEXT NOT NULL CHECK (state IN ('live', 'closed')),
  version INTEGER NOT NULL,
  doc BLOB NOT NULL,                -- the merged document, saved, and the changes since
  heads TEXT NOT NULL,              -- of doc: change hashes, comma-separated; empty where nothing is applied
  held INTEGER NOT NULL DEFAULT 0,  -- parts not applied
  conflicts INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX section_case ON section (case_id, kind);

CREATE TABLE tombstone (
  section TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  at INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT;

CREATE TABLE quarantine (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  bundle TEXT,
  sender TEXT,
  case_id TEXT,
  section TEXT,
  reason TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;

CREATE INDEX quarantine_section ON quarantine (section);

CREATE TABLE case_row (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  steward TEXT NOT NULL,            -- office id
  our_role TEXT NOT NULL CHECK (our_role IN ('steward', 'co-manager', 'viewer', 'none')),
  state TEXT NOT NULL,
  chain_head TEXT NOT NULL,
  chain_stopped INTEGER NOT NULL DEFAULT 0,
  conflicts INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0,
  made INTEGER NOT NULL,
  changed INTEGER NOT NULL
, next_day INTEGER, others INTEGER) STRICT;

CREATE INDEX case_changed ON case_row (changed);

CREATE TABLE search_text (
  section TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  names TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX search_text_case ON search_text (case_id);

CREATE TABLE search_row (
  seq INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  section TEXT NOT NULL DEFAULT '', -- empty for the case's own row
  entry TEXT NOT NULL DEFAULT '',
  UNIQUE (case_id, section, entry)
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (code, names, body, prefix = '2 3', tokenize = "unicode61 remove_diacritics 2");

CREATE TABLE contact (
  id TEXT PRIMARY KEY,
  office TEXT NOT NULL,
  office_name TEXT NOT NULL,
  name TEXT NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  certificate TEXT NOT NULL,
  software TEXT NOT NULL CHECK (software IN ('waypost', 'other')),
  trust TEXT NOT NULL CHECK (trust IN ('unverified', 'verified', 'vouched', 'changed', 'refused')),
  trust_by TEXT,
  trust_how TEXT,
  trust_at INTEGER,
  introduced INTEGER NOT NULL DEFAULT 0, -- when the introduction in force was made, as its maker's laptop said
  made INTEGER NOT NULL
) STRICT;

CREATE INDEX contact_office ON contact (office);

CREATE TABLE bundle_out (
  id TEXT PRIMARY KEY,
  contact TEXT NOT NULL REFERENCES contact (id),
  kind TEXT NOT NULL,
  case_id TEXT,
  opening TEXT NOT NULL,
  number INTEGER NOT NULL,
  for_contact INTEGER NOT NULL,     -- counts bundles to this contact: a gap is seen by the other side
  made INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('locked', 'written', 'acknowledged', 'destroyed')),
  content TEXT NOT NULL,            -- canonical JSON: sections and parts in it
  place TEXT NOT NULL DEFAULT '',   -- where the file was written: looked for again when consent is withdrawn
  UNIQUE (contact, for_contact)
) STRICT;

CREATE TABLE bundle_in (
  id TEXT PRIMARY KEY,
  contact TEXT,
  fingerprint TEXT NOT NULL,
  kind TEXT NOT NULL,
  case_id TEXT,
  opening TEXT NOT NULL,
  number INTEGER NOT NULL,
  for_contact INTEGER NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,            -- canonical JSON: what was taken, what not, why
  acknowledged INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX bundle_in_contact ON bundle_in (fingerprint, for_contact);

CREATE TABLE opening_seen (
  nonce TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  parent TEXT,
  PRIMARY KEY (nonce, fingerprint)
) STRICT;

CREATE INDEX opening_seen_parent ON opening_seen (fingerprint, parent);

CREATE TABLE dossier_in (
  bundle TEXT PRIMARY KEY,
  html TEXT NOT NULL
) STRICT;

CREATE TABLE known_part (
  contact TEXT NOT NULL,
  part TEXT NOT NULL,
  PRIMARY KEY (contact, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_extract (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  recipient TEXT NOT NULL,          -- fingerprint
  body TEXT NOT NULL,
  signed BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;

CREATE INDEX consent_extract_case ON consent_extract (case_id, recipient);

CREATE TABLE recall (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  contact TEXT NOT NULL,
  sections TEXT NOT NULL,           -- canonical JSON
  bundles TEXT NOT NULL DEFAULT '[]', -- canonical JSON: releases called back whole, with the sections they showed
  direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
  state TEXT NOT NULL CHECK (state IN ('due', 'sent', 'confirmed', 'impossible')),
  made INTEGER NOT NULL,
  settled INTEGER,
  note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX recall_case ON recall (case_id);

CREATE TABLE call_back (
  case_id TEXT NOT NULL,
  section TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT '',
  member TEXT,                      -- of a family section
  PRIMARY KEY (case_id, section, contact)
) STRICT;

CREATE TABLE erasing (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;

CREATE TRIGGER part_immutable BEFORE UPDATE ON part BEGIN SELECT RAISE (ABORT, 'part is immutable'); END;

CREATE TRIGGER chain_immutable BEFORE UPDATE ON chain BEGIN SELECT RAISE (ABORT, 'chain is immutable'); END;

CREATE TRIGGER ledger_immutable BEFORE UPDATE ON ledger WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE (ABORT, 'ledger is immutable'); END;

CREATE TRIGGER audit_immutable BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'audit is immutable'); END;

CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'audit is kept'); END;

CREATE TRIGGER part_kept BEFORE DELETE ON part WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE (ABORT, 'part is kept'); END;

CREATE TRIGGER chain_kept BEFORE DELETE ON chain WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE (ABORT, 'chain is kept'); END;

CREATE TRIGGER ledger_kept BEFORE DELETE ON ledger WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE (ABORT, 'ledger is kept'); END;

CREATE TRIGGER part_dirty_delete AFTER DELETE ON part BEGIN INSERT OR IGNORE INTO merkle_dirty VALUES ('part', OLD.seq / 256); END;

CREATE TRIGGER chain_dirty_delete AFTER DELETE ON chain BEGIN INSERT OR IGNORE INTO merkle_dirty VALUES ('chain', OLD.seq / 256); END;

CREATE TRIGGER ledger_dirty_delete AFTER DELETE ON ledger BEGIN INSERT OR IGNORE INTO merkle_dirty VALUES ('ledger', OLD.seq / 256); END;

CREATE TRIGGER secret_key_dirty_delete AFTER DELETE ON secret_key BEGIN INSERT OR IGNORE INTO merkle_dirty VALUES ('secret_key', OLD.seq / 256); END;

CREATE TRIGGER ledger_dirty_update AFTER UPDATE ON ledger BEGIN INSERT OR IGNORE INTO merkle_dirty VALUES ('ledger', OLD.seq / 256); END;

CREATE TRIGGER secret_key_dirty_update AFTER UPDATE ON secret_key BEGIN INSERT OR IGNORE INTO merkle_dirty VALUES ('secret_key', OLD.seq / 256); END;

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

CREATE TRIGGER draft_erased AFTER DELETE ON section BEGIN
  DELETE FROM draft WHERE case_id = OLD.case_id
    AND (kind = '' OR (kind = OLD.kind AND person = coalesce(OLD.member, '')));
END;

CREATE TRIGGER desk_left AFTER UPDATE OF active ON member WHEN NEW.active = 0 BEGIN
  DELETE FROM draft WHERE member = OLD.id;
  DELETE FROM case_view WHERE member = OLD.id;
  DELETE FROM setting WHERE member = OLD.id;
END;

CREATE TABLE projection (
  kind TEXT PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT;

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

CREATE TABLE paper_row (
  section TEXT NOT NULL,
  paper TEXT NOT NULL,
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  day INTEGER NOT NULL,
  PRIMARY KEY (section, paper)
) STRICT, WITHOUT ROWID;

CREATE INDEX paper_day ON paper_row (day);

CREATE TABLE part_day (
  day INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

CREATE INDEX consent_opening_until ON consent_opening (json_extract(body, '$.until.day'));

CREATE INDEX bundle_in_at ON bundle_in (at);

CREATE INDEX audit_at ON audit (at);

CREATE INDEX audit_backup ON audit (at) WHERE action = 'backup-made';

CREATE INDEX section_conflicts ON section (case_id) WHERE conflicts > 0 AND state = 'live';

CREATE INDEX case_held ON case_row (held) WHERE held > 0;

PRAGMA user_version = 3;
