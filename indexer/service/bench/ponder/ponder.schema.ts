/** Rows for the rows of the indexer; columns that only the rules can tell are left out, so Ponder writes less. */
import { onchainTable, primaryKey } from 'ponder'

export const events = onchainTable('events', (t) => ({
  id: t.text().primaryKey(),
  ledger: t.integer().notNull(),
  closedAt: t.bigint().notNull(),
  tx: t.text().notNull(),
  type: t.text().notNull(),
  challenge: t.bigint().notNull(),
  data: t.text().notNull(),
}))

export const challenges = onchainTable('challenges', (t) => ({
  id: t.bigint().primaryKey(),
  maker: t.text().notNull(),
  token: t.text().notNull(),
  prize: t.bigint().notNull(),
  terms: t.text().notNull(),
  createdAt: t.bigint().notNull(),
  submitted: t.integer().notNull(),
  concluded: t.integer().notNull(),
  events: t.integer().notNull(),
}))

export const submissions = onchainTable(
  'submissions',
  (t) => ({
    challenge: t.bigint().notNull(),
    number: t.bigint().notNull(),
    solver: t.text().notNull(),
    attempt: t.bigint().notNull(),
    cid: t.text().notNull(),
    commitment: t.text().notNull(),
    units: t.bigint().notNull(),
    submittedAt: t.bigint().notNull(),
    submitTx: t.text().notNull(),
    status: t.text().notNull(),
    score: t.bigint().notNull(),
    content: t.text().notNull(),
    acceptedUnits: t.bigint().notNull(),
    verdictAt: t.bigint().notNull(),
    verdictTx: t.text().notNull(),
    paid: t.bigint().notNull(),
  }),
  (table) => ({ key: primaryKey({ columns: [table.challenge, table.number] }) }),
)

export const votes = onchainTable(
  'votes',
  (t) => ({
    challenge: t.bigint().notNull(),
    number: t.bigint().notNull(),
    oracle: t.text().notNull(),
    verdict: t.text().notNull(),
    score: t.bigint().notNull(),
    content: t.text().notNull(),
    units: t.bigint().notNull(),
    report: t.text().notNull(),
    at: t.bigint().notNull(),
    tx: t.text().notNull(),
  }),
  (table) => ({ key: primaryKey({ columns: [table.challenge, table.number, table.oracle] }) }),
)

export const payments = onchainTable('payments', (t) => ({
  id: t.text().primaryKey(),
  challenge: t.bigint().notNull(),
  number: t.bigint().notNull(),
  amount: t.bigint().notNull(),
  at: t.bigint().notNull(),
  tx: t.text().notNull(),
}))
