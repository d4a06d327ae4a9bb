import GRDB

/// The tables of the projection. It is a cache: it is made anew from the log, so there are no migrations.
enum ReadModelSchema {
    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE execution (
                    key INTEGER PRIMARY KEY,
                    arn TEXT NOT NULL UNIQUE,
                    machine TEXT NOT NULL,
                    version TEXT,
                    alias TEXT,
                    name TEXT NOT NULL,
                    role TEXT NOT NULL,
                    definitionHash TEXT NOT NULL,
                    traceHeader TEXT,
                    status TEXT NOT NULL,
                    started INTEGER NOT NULL,
                    stopped INTEGER,
                    input TEXT NOT NULL,
                    output TEXT,
                    error TEXT,
                    cause TEXT,
                    redrives INTEGER NOT NULL DEFAULT 0,
                    redriven INTEGER
                );
                CREATE INDEX executionByMachine ON execution (machine, started DESC, key DESC);
                CREATE TABLE event (
                    execution INTEGER NOT NULL,
                    id INTEGER NOT NULL,
                    json BLOB NOT NULL,
                    PRIMARY KEY (execution, id)
                ) WITHOUT ROWID;
                """)
    }
}
