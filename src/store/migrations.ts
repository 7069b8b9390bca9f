/**
 * The schema, one step a version: `PRAGMA user_version` says how many have run. A step that was released is never
 * edited; a change is a new step.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    watch TEXT NOT NULL,
    kind TEXT NOT NULL,
    cursor TEXT,
    definition TEXT NOT NULL,
    title TEXT,
    link TEXT,
    next_poll_at INTEGER NOT NULL,
    last_poll_at INTEGER,
    last_success_at INTEGER,
    last_entry_at INTEGER,
    rhythm TEXT,
    last_status TEXT NOT NULL,
    last_code TEXT,
    last_message TEXT,
    failures INTEGER NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE polls (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    code TEXT,
    entries INTEGER NOT NULL,
    added INTEGER NOT NULL,
    took_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX polls_by_source ON polls (source, at);
  CREATE INDEX polls_by_time ON polls (at);

  CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    watch TEXT NOT NULL,
    source TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    external_id TEXT NOT NULL,
    url TEXT,
    canonical_url TEXT,
    title TEXT,
    text TEXT NOT NULL,
    author TEXT,
    published_at INTEGER,
    collected_at INTEGER NOT NULL,
    language TEXT,
    engagement TEXT,
    stars REAL,
    content_hash TEXT NOT NULL,
    match TEXT NOT NULL,
    drill INTEGER NOT NULL DEFAULT 0,
    -- Per source, never across sources: feeds reuse each other's identifiers.
    UNIQUE (source, external_id)
  ) STRICT;
  CREATE INDEX mentions_by_time ON mentions (collected_at);
  CREATE INDEX mentions_by_watch ON mentions (watch, collected_at);
  CREATE INDEX mentions_by_content ON mentions (source, content_hash);

  CREATE TABLE mention_versions (
    mention INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    seen_at INTEGER NOT NULL,
    title TEXT,
    text TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    PRIMARY KEY (mention, content_hash)
  ) STRICT;

  CREATE TABLE unrelated (
    id INTEGER PRIMARY KEY,
    watch TEXT NOT NULL,
    source TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    external_id TEXT NOT NULL,
    entry TEXT NOT NULL,
    collected_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (source, external_id)
  ) STRICT;
  CREATE INDEX unrelated_by_time ON unrelated (collected_at);

  CREATE TABLE judgements (
    mention INTEGER PRIMARY KEY REFERENCES mentions (id) ON DELETE CASCADE,
    judged_at INTEGER NOT NULL,
    language TEXT,
    polarity TEXT,
    confidence REAL,
    sure INTEGER NOT NULL,
    negative REAL,
    neutral REAL,
    positive REAL
  ) STRICT;
  CREATE INDEX judgements_by_polarity ON judgements (polarity, judged_at);

  CREATE TABLE triages (
    mention INTEGER PRIMARY KEY REFERENCES mentions (id) ON DELETE CASCADE,
    decided_at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    category TEXT,
    confidence REAL,
    alternatives TEXT NOT NULL,
    reason TEXT NOT NULL,
    ticket INTEGER REFERENCES tickets (id)
  ) STRICT;
  CREATE INDEX triages_by_ticket ON triages (ticket);
  CREATE INDEX triages_by_outcome ON triages (outcome, decided_at);

  CREATE TABLE tickets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    watch TEXT NOT NULL,
    category TEXT NOT NULL,
    category_confidence REAL NOT NULL,
    alternatives TEXT NOT NULL,
    severity TEXT NOT NULL,
    approval TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT,
    opened_at INTEGER NOT NULL,
    seen_by INTEGER NOT NULL,
    answer_by INTEGER NOT NULL,
    seen_at INTEGER,
    answered_at INTEGER,
    answer_url TEXT,
    dismiss_reason TEXT,
    again_at INTEGER,
    mention_count INTEGER NOT NULL,
    author_count INTEGER NOT NULL,
    drill INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX tickets_by_state ON tickets (state, answer_by);
  CREATE INDEX tickets_by_time ON tickets (opened_at);

  CREATE TABLE ticket_keys (
    watch TEXT NOT NULL,
    key TEXT NOT NULL,
    ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    PRIMARY KEY (watch, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE ticket_events (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ticket_events_by_ticket ON ticket_events (ticket, id);

  CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    message INTEGER
  ) STRICT;
  CREATE INDEX notices_waiting ON notices (due_at) WHERE message IS NULL;

  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    ticket INTEGER,
    person TEXT,
    recipient TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    bytes BLOB NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    last_code TEXT,
    last_reply TEXT,
    sent_at INTEGER
  ) STRICT;
  CREATE INDEX messages_waiting ON messages (next_attempt_at) WHERE state = 'pending';
  CREATE INDEX messages_by_person ON messages (person, created_at);
  CREATE INDEX messages_by_ticket ON messages (ticket);

  CREATE TABLE digests (
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    local_date TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES messages (id),
    PRIMARY KEY (person, kind, local_date)
  ) STRICT, WITHOUT ROWID;

  -- What a person wrote, and what became of it: working, proposed, approved, refused, posted.
  CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    language TEXT NOT NULL,
    name TEXT,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_at INTEGER,
    decided_by TEXT,
    reason TEXT
  ) STRICT;
  CREATE INDEX drafts_by_ticket ON drafts (ticket, id);

  -- The questions a person has ticked, by their place in the playbook.
  CREATE TABLE ticks (
    ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    question INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (ticket, question)
  ) STRICT, WITHOUT ROWID;

  -- What people said of our decisions; teaches the classifiers.
  CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    mention INTEGER NOT NULL,
    ticket INTEGER,
    watch TEXT NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT,
    category TEXT,
    content_hash TEXT NOT NULL,
    undone_at INTEGER
  ) STRICT;
  CREATE INDEX corrections_by_watch ON corrections (watch, kind);
  CREATE INDEX corrections_by_content ON corrections (watch, content_hash);

  CREATE TABLE silences (
    id INTEGER PRIMARY KEY,
    query TEXT NOT NULL,
    watch TEXT,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;

  -- Each level of reminder and escalation happens once, across restarts.
  CREATE TABLE escalations (
    ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    level TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (ticket, level)
  ) STRICT, WITHOUT ROWID;

  -- What was seen, when, each record chained to the one before by its hash.
  CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mention INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- The chain covers this hash, so that a payload erased at someone's request leaves the chain whole.
    payload_sha256 TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    previous TEXT NOT NULL
  ) STRICT;
  CREATE INDEX evidence_by_mention ON evidence (mention, id);

  CREATE TABLE crises (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    watch TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    leader TEXT NOT NULL,
    deputy TEXT,
    closed_at INTEGER,
    closed_by TEXT,
    held INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  -- What people set about themselves by a link or a reply: alerts off, absences.
  CREATE TABLE person_settings (
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Who is signed in, and the links that let them in: only hashes of what the browser and the mail hold.
  CREATE TABLE sign_in_links (
    hash TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    -- Of the cookie of the browser that asked; null for a link printed on the terminal.
    browser TEXT,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE sign_in_tries (
    key TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sign_in_tries_by_key ON sign_in_tries (key, at);
  CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_person ON sessions (person);

  -- Who has a ticket's answer under their hands.
  CREATE TABLE writers (
    ticket INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (ticket, person)
  ) STRICT, WITHOUT ROWID;

  -- Secret addresses that show something without signing in: a feed, the newspaper, the interface for programs.
  CREATE TABLE shares (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;

  -- When people spoke: the source's clock where it can be true, else ours. For statistics, never to decide.
  ALTER TABLE mentions ADD COLUMN spoken_at INTEGER AS (
    CASE WHEN published_at BETWEEN 946684800000 AND collected_at THEN published_at ELSE collected_at END
  ) VIRTUAL;
  CREATE INDEX mentions_by_spoken ON mentions (spoken_at);

  -- Who spoke when. A bucket holds about one author in sixty-four with all they wrote: in a long period it stands for all.
  CREATE TABLE mention_authors (
    watch TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    spoken_at INTEGER NOT NULL,
    mention INTEGER NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (watch, bucket, spoken_at, mention)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO mention_authors SELECT watch, (unicode(mentions.author) + 3 * unicode(substr(mentions.author, -1)) + 5 * unicode(substr(mentions.author, -2))
      + 7 * length(mentions.author)) % 64, spoken_at, id, author
    FROM mentions WHERE drill = 0 AND author <> '';
  CREATE TRIGGER author_of_mention AFTER INSERT ON mentions WHEN new.drill = 0 AND new.author <> '' BEGIN
    INSERT INTO mention_authors VALUES (
      new.watch, (unicode(new.author) + 3 * unicode(substr(new.author, -1)) + 5 * unicode(substr(new.author, -2))
      + 7 * length(new.author)) % 64, new.spoken_at, new.id, new.author
    );
  END;
  CREATE TRIGGER author_of_deleted_mention AFTER DELETE ON mentions WHEN old.author <> '' BEGIN
    DELETE FROM mention_authors WHERE watch = old.watch AND spoken_at = old.spoken_at AND mention = old.id
      AND bucket = (unicode(old.author) + 3 * unicode(substr(old.author, -1)) + 5 * unicode(substr(old.author, -2))
      + 7 * length(old.author)) % 64;
  END;
  CREATE TRIGGER author_of_changed_mention AFTER UPDATE OF author ON mentions WHEN old.author <> '' BEGIN
    UPDATE mention_authors SET author = coalesce(new.author, '') WHERE watch = old.watch AND spoken_at = old.spoken_at
      AND mention = old.id AND bucket = (unicode(old.author) + 3 * unicode(substr(old.author, -1)) + 5 * unicode(substr(old.author, -2))
      + 7 * length(old.author)) % 64;
  END;

  -- What a day counted, by watch; kept when the texts themselves are no longer. A slot is a quarter of an hour in which
  -- something changed since its day was counted.
  CREATE TABLE day_facts (
    watch TEXT NOT NULL,
    day TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (day, watch)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE stale_slots (slot INTEGER PRIMARY KEY) STRICT;
  INSERT INTO stale_slots SELECT DISTINCT spoken_at / 900000 FROM mentions;
  CREATE TRIGGER slot_of_mention AFTER INSERT ON mentions WHEN new.drill = 0 BEGIN
    INSERT OR IGNORE INTO stale_slots VALUES (new.spoken_at / 900000);
  END;
  CREATE TRIGGER slot_of_judgement AFTER INSERT ON judgements BEGIN
    INSERT OR IGNORE INTO stale_slots SELECT spoken_at / 900000 FROM mentions WHERE id = new.mention;
  END;
  CREATE TRIGGER slot_of_new_judgement AFTER UPDATE ON judgements BEGIN
    INSERT OR IGNORE INTO stale_slots SELECT spoken_at / 900000 FROM mentions WHERE id = new.mention;
  END;
  CREATE TRIGGER slot_of_correction AFTER INSERT ON corrections BEGIN
    INSERT OR IGNORE INTO stale_slots SELECT spoken_at / 900000 FROM mentions WHERE id = new.mention;
  END;
  CREATE TRIGGER slot_of_undone_correction AFTER UPDATE ON corrections BEGIN
    INSERT OR IGNORE INTO stale_slots SELECT spoken_at / 900000 FROM mentions WHERE id = new.mention;
  END;

  -- Words of every mention; its text stays in one place.
  CREATE VIRTUAL TABLE mention_words USING fts5 (
    title, text, author, watch,
    content = 'mentions', content_rowid = 'id', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
  );
  INSERT INTO mention_words (mention_words) VALUES ('rebuild');
  CREATE TRIGGER words_of_mention AFTER INSERT ON mentions BEGIN
    INSERT INTO mention_words (rowid, title, text, author, watch)
    VALUES (new.id, new.title, new.text, new.author, new.watch);
  END;
  CREATE TRIGGER words_of_edited_mention AFTER UPDATE OF title, text, author, watch ON mentions BEGIN
    INSERT INTO mention_words (mention_words, rowid, title, text, author, watch)
    VALUES ('delete', old.id, old.title, old.text, old.author, old.watch);
    INSERT INTO mention_words (rowid, title, text, author, watch)
    VALUES (new.id, new.title, new.text, new.author, new.watch);
    -- Its ticket reads it again.
    UPDATE triages SET ticket = ticket WHERE mention = new.id AND ticket IS NOT NULL;
  END;
  CREATE TRIGGER words_of_deleted_mention AFTER DELETE ON mentions BEGIN
    INSERT INTO mention_words (mention_words, rowid, title, text, author, watch)
    VALUES ('delete', old.id, old.title, old.text, old.author, old.watch);
  END;

  -- Words of a ticket's first twenty mentions, found by the ticket's number.
  CREATE VIRTUAL TABLE ticket_words USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
  );
  INSERT INTO ticket_words (rowid, text) SELECT id, (
    SELECT group_concat(
      coalesce(mentions.title, '') || ' ' || substr(mentions.text, 1, 4000) || ' ' || coalesce(mentions.author, ''), ' '
    )
    FROM (SELECT mention FROM triages WHERE ticket = tickets.id ORDER BY mention LIMIT 20) AS first
    JOIN mentions ON mentions.id = first.mention
  ) FROM tickets;
  CREATE TRIGGER words_of_ticket AFTER INSERT ON triages WHEN new.ticket IS NOT NULL
    AND (SELECT count(*) FROM (SELECT 1 FROM triages WHERE ticket = new.ticket LIMIT 21)) <= 20 BEGIN
    INSERT OR REPLACE INTO ticket_words (rowid, text)
    SELECT new.ticket, group_concat(
      coalesce(mentions.title, '') || ' ' || substr(mentions.text, 1, 4000) || ' ' || coalesce(mentions.author, ''), ' '
    )
    FROM (SELECT mention FROM triages WHERE ticket = new.ticket ORDER BY mention LIMIT 20) AS first
    JOIN mentions ON mentions.id = first.mention;
  END;
  CREATE TRIGGER words_of_moved_mention AFTER UPDATE OF ticket ON triages
    WHEN old.ticket IS NOT NULL AND new.ticket IS NOT NULL BEGIN
    INSERT OR REPLACE INTO ticket_words (rowid, text)
    SELECT old.ticket, group_concat(
      coalesce(mentions.title, '') || ' ' || substr(mentions.text, 1, 4000) || ' ' || coalesce(mentions.author, ''), ' '
    )
    FROM (SELECT mention FROM triages WHERE ticket = old.ticket ORDER BY mention LIMIT 20) AS first
    JOIN mentions ON mentions.id = first.mention;
    INSERT OR REPLACE INTO ticket_words (rowid, text)
    SELECT new.ticket, group_concat(
      coalesce(mentions.title, '') || ' ' || substr(mentions.text, 1, 4000) || ' ' || coalesce(mentions.author, ''), ' '
    )
    FROM (SELECT mention FROM triages WHERE ticket = new.ticket ORDER BY mention LIMIT 20) AS first
    JOIN mentions ON mentions.id = first.mention;
  END;

  CREATE TRIGGER words_of_left_ticket AFTER DELETE ON triages WHEN old.ticket IS NOT NULL BEGIN
    INSERT OR REPLACE INTO ticket_words (rowid, text)
    SELECT old.ticket, group_concat(
      coalesce(mentions.title, '') || ' ' || substr(mentions.text, 1, 4000) || ' ' || coalesce(mentions.author, ''), ' '
    )
    FROM (SELECT mention FROM triages WHERE ticket = old.ticket ORDER BY mention LIMIT 20) AS first
    JOIN mentions ON mentions.id = first.mention;
  END;
  CREATE TRIGGER words_of_deleted_ticket AFTER DELETE ON tickets BEGIN
    DELETE FROM ticket_words WHERE rowid = old.id;
  END;

  -- Lists: open tickets by the deadline that comes next, closed ones by their last change, mentions by what was decided.
  CREATE INDEX tickets_by_due ON tickets (CASE state WHEN 'new' THEN seen_by ELSE answer_by END, id)
    WHERE drill = 0 AND state IN ('new', 'seen', 'in-approval');
  CREATE INDEX tickets_by_change ON tickets (state, changed_at, id, watch, owner, category, severity) WHERE drill = 0;
  CREATE INDEX tickets_by_times
    ON tickets (severity, opened_at, watch, state, seen_at, seen_by, answered_at, answer_by) WHERE drill = 0;
  CREATE INDEX tickets_by_size ON tickets (mention_count, opened_at) WHERE drill = 0 AND mention_count > 2;
  CREATE INDEX ticket_events_by_time ON ticket_events (at, what, ticket);
  CREATE INDEX corrections_by_mention ON corrections (mention);
  CREATE INDEX judgements_by_mention ON judgements (polarity, sure, mention);
  CREATE INDEX triages_by_mention ON triages (outcome, mention);
  CREATE INDEX mentions_by_source ON mentions (source, id);
  `,
  `
  -- What each stage has still to do, so that none looks through all that is done.
  CREATE TABLE pending (
    stage TEXT NOT NULL CHECK (stage IN ('judge', 'triage', 'evidence')),
    mention INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    PRIMARY KEY (stage, mention)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pending_by_mention ON pending (mention);
  INSERT INTO pending SELECT 'judge', id FROM mentions WHERE id NOT IN (SELECT mention FROM judgements);
  INSERT INTO pending SELECT 'triage', mention FROM judgements WHERE mention NOT IN (SELECT mention FROM triages);
  INSERT INTO pending SELECT 'evidence', mention FROM triages
    WHERE ticket IS NOT NULL AND mention NOT IN (SELECT mention FROM evidence);
  CREATE TRIGGER mention_to_judge AFTER INSERT ON mentions BEGIN
    INSERT INTO pending VALUES ('judge', new.id);
  END;
  CREATE TRIGGER judged_mention AFTER INSERT ON judgements BEGIN
    DELETE FROM pending WHERE stage = 'judge' AND mention = new.mention;
    INSERT OR IGNORE INTO pending SELECT 'triage', new.mention
      WHERE NOT EXISTS (SELECT 1 FROM triages WHERE mention = new.mention);
  END;
  CREATE TRIGGER triaged_mention AFTER INSERT ON triages BEGIN
    DELETE FROM pending WHERE stage = 'triage' AND mention = new.mention;
    INSERT OR IGNORE INTO pending SELECT 'evidence', new.mention
      WHERE new.ticket IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evidence WHERE mention = new.mention);
  END;
  CREATE TRIGGER ticketed_mention AFTER UPDATE OF ticket ON triages WHEN new.ticket IS NOT NULL BEGIN
    INSERT OR IGNORE INTO pending SELECT 'evidence', new.mention
      WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE mention = new.mention);
  END;
  CREATE TRIGGER evidence_of_mention AFTER INSERT ON evidence BEGIN
    DELETE FROM pending WHERE stage = 'evidence' AND mention = new.mention;
  END;
  `,
]
