/** A real Postgres from a package: started, adopted after a crash, stopped; and databases for tests. */
export { PostgresError, type PostgresErrorCode } from './errors.ts'
export { type Postgres, type StartOptions, startPostgres } from './start.ts'
export { createTestDatabase, endTestServer, type TestDatabase, type TestDatabaseOptions } from './test-database.ts'
