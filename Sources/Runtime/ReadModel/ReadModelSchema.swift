import GRDB

/// The tables of the projection. It is a cache: a file of another version is made anew from the log, so there are no migrations.
enum ReadModelSchema {
    /// Raised with every change of the tables or of what is written into them.
    static let version = 4

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
                    testCase TEXT,
                    status TEXT NOT NULL,
                    started INTEGER NOT NULL,
                    stopped INTEGER,
                    redrives INTEGER NOT NULL DEFAULT 0,
                    redriven INTEGER,
                    error TEXT,
                    cause TEXT,
                    input TEXT NOT NULL,
                    output TEXT
                );
                CREATE INDEX executionByMachine ON execution (machine, started DESC, key DESC);
                CREATE INDEX executionByStatus ON execution (machine, status, started DESC, key DESC);
                CREATE INDEX executionByVersion ON execution (version, started DESC, key DESC) WHERE version IS NOT NULL;
                CREATE INDEX executionByAlias ON execution (alias, started DESC, key DESC) WHERE alias IS NOT NULL;
                CREATE INDEX executionByEnd ON execution (stopped) WHERE stopped IS NOT NULL;
                CREATE TABLE segment (
                    execution INTEGER NOT NULL,
                    first INTEGER NOT NULL,
                    last INTEGER NOT NULL,
                    json BLOB NOT NULL,
                    PRIMARY KEY (execution, first)
                );
                CREATE TABLE registryEvent (
                    arn TEXT NOT NULL,
                    sequence INTEGER NOT NULL,
                    json BLOB NOT NULL,
                    PRIMARY KEY (arn, sequence)
                ) WITHOUT ROWID;
                CREATE TABLE activityTask (
                    task TEXT PRIMARY KEY,
                    activity TEXT NOT NULL,
                    execution TEXT NOT NULL,
                    frame INTEGER NOT NULL,
                    scheduled INTEGER NOT NULL,
                    token TEXT NOT NULL,
                    input TEXT NOT NULL
                ) WITHOUT ROWID;
                CREATE INDEX activityTaskByFrame ON activityTask (execution, frame);
                CREATE TABLE position (
                    partition INTEGER PRIMARY KEY,
                    next INTEGER NOT NULL,
                    last INTEGER NOT NULL,
                    mark TEXT NOT NULL
                );
                PRAGMA user_version = \(version);
                """)
    }
}
