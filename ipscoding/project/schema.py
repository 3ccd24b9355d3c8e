"""The tables of a project file, as ordered migrations. A migration that has shipped is never edited.

Three layers. The *journal* (`commands`, `events`) is append-only and the truth about everything people did. The
*content* (`texts`, `turns`, `sentences`, `times`, `phrases`) is what events refer to by hash, so that the journal
itself holds no transcript text. All other tables are the journal's *projection*, written in the same transaction, but
for `shown` (suggestions that were put before coders) and `analyses` (what a language model made of a text).
"""

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x49505343  # "IPSC", in the file header where `file` and SQLite look for it

migrations = Migrations("ipscoding")

_JOURNAL = """
CREATE TABLE commands (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    time TEXT NOT NULL,
    coder TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'note')),
    reverses TEXT,
    undone INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    params TEXT NOT NULL,
    document TEXT,
    offset INTEGER,
    program TEXT NOT NULL
) STRICT;
CREATE INDEX commands_by_coder ON commands (coder, kind, undone, seq);
CREATE INDEX commands_reversing ON commands (reverses, seq);
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    command TEXT NOT NULL REFERENCES commands (id),
    time TEXT NOT NULL,
    coder TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('create', 'update', 'delete')),
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    changes TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_command ON events (command, seq);
CREATE INDEX events_by_entity ON events (entity_id, seq);
"""

_CONTENT = """
CREATE TABLE texts (
    sha256 TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    words INTEGER NOT NULL
) STRICT;
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL REFERENCES texts (sha256),
    number INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    start INTEGER NOT NULL,
    speech INTEGER NOT NULL,
    end INTEGER NOT NULL,
    interviewer INTEGER NOT NULL,
    UNIQUE (text, number)
) STRICT;
CREATE INDEX turns_by_start ON turns (text, start);
CREATE TABLE sentences (
    text TEXT NOT NULL REFERENCES texts (sha256),
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (text, number)
) STRICT, WITHOUT ROWID;
CREATE VIEW spoken AS
    SELECT turns.id AS id, substr(texts.text, turns.speech + 1, turns.end - turns.speech) AS speech
    FROM turns JOIN texts ON texts.sha256 = turns.text;
CREATE VIRTUAL TABLE speech_index USING fts5 (
    speech, content = 'spoken', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 0"
);
CREATE TABLE phrases (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    valence TEXT NOT NULL,
    norm TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
"""

_PROJECTION = """
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    settings TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
CREATE TABLE coders (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT 'coder'
) STRICT, WITHOUT ROWID;
CREATE TABLE informants (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT '',
    attributes TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
CREATE TABLE codes (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    parent TEXT REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    valence TEXT NOT NULL,
    codable INTEGER NOT NULL DEFAULT 1,
    retired INTEGER NOT NULL DEFAULT 0,
    merged_into TEXT REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
    colour TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    examples TEXT NOT NULL DEFAULT '[]',
    roles TEXT NOT NULL DEFAULT '[]',
    label TEXT NOT NULL DEFAULT '{}',
    definition TEXT NOT NULL DEFAULT '{}',
    include_when TEXT NOT NULL DEFAULT '{}',
    exclude_when TEXT NOT NULL DEFAULT '{}',
    links TEXT NOT NULL DEFAULT '{}',
    extra TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL REFERENCES texts (sha256),
    informant TEXT REFERENCES informants (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    source_sha256 TEXT NOT NULL DEFAULT '',
    speakers TEXT NOT NULL DEFAULT '{}',
    attributes TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
CREATE TABLE codings (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL CHECK (end > start),
    code TEXT NOT NULL REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coders (id) DEFERRABLE INITIALLY DEFERRED,
    valence TEXT NOT NULL CHECK (valence IN ('barrier', 'facilitator', 'both', 'none')),
    strength INTEGER CHECK (strength IN (1, 2)),
    origin TEXT NOT NULL,
    code_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    turn INTEGER,
    quote TEXT NOT NULL DEFAULT '',
    before TEXT NOT NULL DEFAULT '',
    after TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX codings_by_place ON codings (document, start, end, code, coder);
CREATE INDEX codings_by_code ON codings (code);
CREATE INDEX codings_by_coder ON codings (coder, created_at);
CREATE TABLE memos (
    id TEXT PRIMARY KEY,
    target TEXT NOT NULL,
    coder TEXT NOT NULL REFERENCES coders (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX memos_by_target ON memos (target);
CREATE TABLE bookmarks (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    offset INTEGER NOT NULL,
    coder TEXT NOT NULL REFERENCES coders (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE statuses (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coders (id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL CHECK (status IN ('coding', 'done'))
) STRICT, WITHOUT ROWID;
CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    code TEXT NOT NULL REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coders (id) DEFERRABLE INITIALLY DEFERRED,
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'changed', 'rejected')),
    score REAL NOT NULL,
    engine TEXT NOT NULL,
    coding TEXT
) STRICT;
CREATE INDEX decisions_by_document ON decisions (document);
"""

# Neither belongs to the journal: what was put before a coder is no act of theirs, and an analysis can be made again.
# What was shown refers to nothing by key, so that it never stands in the way of an act or of its undo.
_BESIDE = """
CREATE TABLE shown (
    document TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    code TEXT NOT NULL,
    coder TEXT NOT NULL,
    engine TEXT NOT NULL,
    score REAL NOT NULL,
    time TEXT NOT NULL,
    PRIMARY KEY (document, start, end, code, coder, engine)
) STRICT, WITHOUT ROWID;
CREATE TABLE analyses (
    text TEXT NOT NULL REFERENCES texts (sha256) ON DELETE CASCADE,
    pipeline TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (text, pipeline)
) STRICT;
"""

# What came from other copies of the project is kept as it came, beside the journal of this copy. `arrivals` says by
# which merge an act came: it counts as long as that merge stands. `twins` and `conflicts` are what merging found in
# both. `package` has one row in a file that was given to a coder: of which study it is a part, and whose it is.
_MERGING = """
ALTER TABLE coders ADD COLUMN colour TEXT;
ALTER TABLE coders ADD COLUMN aliases TEXT NOT NULL DEFAULT '{}';
ALTER TABLE events ADD COLUMN also TEXT;
CREATE TABLE twins (
    id TEXT PRIMARY KEY,
    shown TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX twins_by_shown ON twins (shown);
CREATE TABLE conflicts (
    id TEXT PRIMARY KEY,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    field TEXT NOT NULL,
    sides TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conflicts_by_entity ON conflicts (entity_id);
CREATE TABLE received_commands (
    id TEXT PRIMARY KEY,
    parent TEXT,
    time TEXT NOT NULL,
    coder TEXT NOT NULL,
    kind TEXT NOT NULL,
    reverses TEXT,
    name TEXT NOT NULL,
    params TEXT NOT NULL,
    document TEXT,
    offset INTEGER,
    program TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX received_reversing ON received_commands (reverses, time);
CREATE TABLE received_events (
    command TEXT NOT NULL REFERENCES received_commands (id),
    number INTEGER NOT NULL,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    changes TEXT NOT NULL,
    also TEXT,
    PRIMARY KEY (command, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX received_events_by_entity ON received_events (entity_id);
CREATE TABLE arrivals (
    command TEXT NOT NULL REFERENCES received_commands (id),
    merge TEXT NOT NULL REFERENCES commands (id),
    PRIMARY KEY (command, merge)
) STRICT, WITHOUT ROWID;
CREATE INDEX arrivals_by_merge ON arrivals (merge);
CREATE VIEW told_commands AS
    SELECT seq, id, time, coder, kind, undone, name, params, document, offset FROM commands
    UNION ALL
    SELECT 0, c.id, c.time, c.coder, c.kind, coalesce((SELECT r.kind = 'undo' FROM received_commands r
        WHERE r.reverses = c.id ORDER BY r.time DESC LIMIT 1), 0), c.name, c.params, c.document, c.offset
    FROM received_commands c WHERE EXISTS (SELECT 1 FROM arrivals a JOIN commands m ON m.id = a.merge
        WHERE a.command = c.id AND m.undone = 0);
CREATE VIEW told_events AS
    SELECT command, entity, entity_id, changes FROM events
    UNION ALL
    SELECT command, entity, entity_id, changes FROM received_events;
CREATE TABLE package (
    study TEXT PRIMARY KEY,
    coder TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

# A decision refers to what it is about by id alone, so that it never stands in the way of an act or of its undo.
_ADJUDICATIONS = """
CREATE TABLE adjudications (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    code TEXT NOT NULL,
    marks TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('one', 'both', 'neither', 'other')),
    side TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    coder TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    codings TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX adjudications_by_document ON adjudications (document);
"""


# Where the recording stood at places of a text is content, like turns and sentences. A memo on an interview can be
# about a passage of it, and can come from a file (`origin`: its name), where it was a comment in the margin.
_TIMES = """
CREATE TABLE times (
    text TEXT NOT NULL REFERENCES texts (sha256),
    offset INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (text, offset)
) STRICT, WITHOUT ROWID;
ALTER TABLE memos ADD COLUMN start INTEGER;
ALTER TABLE memos ADD COLUMN end INTEGER;
ALTER TABLE memos ADD COLUMN origin TEXT;
"""


# What has a place in a text is kept as somebody put it there (`made_`...: `start`, `end`, `offset` in the text
# `on_text`), and beside it where it stands in the text in force. The views bear the names that the tables had, and show
# things where they stand; a passage that is gone from the text is not in them.
_VERSIONS = """
UPDATE made_codings SET on_text = (SELECT text FROM documents WHERE id = document);
UPDATE made_decisions SET on_text = (SELECT text FROM documents WHERE id = document);
UPDATE made_adjudications SET on_text = (SELECT text FROM documents WHERE id = document);
UPDATE made_bookmarks SET on_text = (SELECT text FROM documents WHERE id = document);
UPDATE made_memos SET on_text = (SELECT text FROM documents WHERE id = target) WHERE start IS NOT NULL;
UPDATE made_bookmarks SET now_start = offset, now_end = offset, anchored = 'exact';
ALTER TABLE made_adjudications ADD COLUMN now_marks TEXT NOT NULL DEFAULT '';
UPDATE made_adjudications SET now_marks = marks;
DROP INDEX codings_by_place;
CREATE INDEX codings_by_place ON made_codings (document, now_start, now_end, code, coder);
CREATE VIEW codings AS
    SELECT id, document, now_start AS "start", now_end AS "end", code, coder, valence, strength, origin, code_version,
           created_at, turn, quote, before, after, anchored
    FROM made_codings WHERE now_start IS NOT NULL;
CREATE VIEW decisions AS
    SELECT id, document, now_start AS "start", now_end AS "end", code, coder, decision, score, engine, coding
    FROM made_decisions WHERE now_start IS NOT NULL;
CREATE VIEW adjudications AS
    SELECT id, document, now_start AS "start", now_end AS "end", code, now_marks AS marks, outcome, side, reason,
           coder, decided_at, codings
    FROM made_adjudications WHERE now_start IS NOT NULL;
CREATE VIEW bookmarks AS
    SELECT id, document, now_start AS "offset", coder, note, created_at
    FROM made_bookmarks WHERE now_start IS NOT NULL;
CREATE VIEW memos AS
    SELECT id, target, coder, text, created_at, now_start AS "start", now_end AS "end", origin FROM made_memos;
ALTER TABLE shown ADD COLUMN on_text TEXT;
UPDATE shown SET on_text = (SELECT text FROM documents WHERE id = document);
"""

_MOVED = """
ALTER TABLE {name} RENAME TO made_{name};
ALTER TABLE made_{name} ADD COLUMN on_text TEXT;
ALTER TABLE made_{name} ADD COLUMN now_start INTEGER;
ALTER TABLE made_{name} ADD COLUMN now_end INTEGER;
ALTER TABLE made_{name} ADD COLUMN anchored TEXT NOT NULL DEFAULT '';
"""


def _run(db: Database, script: str) -> None:
    # executescript would commit the migration's own transaction, so statements go one by one
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations(name="0001_first")
def _first(db: Database) -> None:
    _run(db, _JOURNAL)
    _run(db, _CONTENT)
    _run(db, _PROJECTION)


@migrations(name="0002_shown_and_analyses")
def _second(db: Database) -> None:
    _run(db, _BESIDE)


@migrations(name="0003_merging")
def _third(db: Database) -> None:
    _run(db, _MERGING)


@migrations(name="0004_adjudications")
def _fourth(db: Database) -> None:
    _run(db, _ADJUDICATIONS)


@migrations(name="0005_times")
def _fifth(db: Database) -> None:
    _run(db, _TIMES)


@migrations(name="0006_versions")
def _sixth(db: Database) -> None:
    for name in ("codings", "decisions", "adjudications", "memos", "bookmarks"):
        _run(db, _MOVED.format(name=name))
        if name != "bookmarks":
            where = " WHERE start IS NOT NULL" if name == "memos" else ""
            db.execute(f"UPDATE made_{name} SET now_start = start, now_end = end, anchored = 'exact'{where}")
    _run(db, _VERSIONS)


@migrations(name="0007_quotable")
def _seventh(db: Database) -> None:
    db.execute("ALTER TABLE made_codings ADD COLUMN quotable TEXT CHECK (quotable IN ('yes', 'no'))")


def version() -> int:
    """The version of the schema this program writes: the number of migrations it knows."""
    return len(migrations._migrations)
