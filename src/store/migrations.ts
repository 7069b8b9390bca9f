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
]
