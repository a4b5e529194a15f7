// biome-ignore-all lint/suspicious/noExplicitAny: the types of Ponder are generated where it is installed.
/** Each event becomes the rows that the indexer makes of it. */
import { ponder } from 'ponder:registry'
import { challenges, events, payments, submissions, votes } from 'ponder:schema'

type Row = { number: bigint; by: string; status: string; score: bigint; content: string; units: bigint; amount: bigint }

const json = (value: unknown) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))

async function keep(type: string, { event, context }: any): Promise<void> {
  await context.db.insert(events).values({
    ...{
      id: event.id,
      ledger: Number(event.block.number),
      closedAt: event.block.timestamp,
      tx: event.transaction.hash,
    },
    ...{ type, challenge: event.args.challenge, data: json(event.args) },
  })
}

async function conclude(rows: readonly Row[], { event, context }: any): Promise<void> {
  const { challenge } = event.args
  const { timestamp: at } = event.block
  const { hash: tx } = event.transaction
  let concluded = 0
  for (const row of rows) {
    if (row.by !== 'open') {
      concluded += 1
      await context.db.update(submissions, { challenge, number: row.number }).set((old: { paid: bigint }) => ({
        ...{ status: row.status, score: row.score, content: row.content, acceptedUnits: row.units },
        ...{ verdictAt: at, verdictTx: tx, paid: old.paid + row.amount },
      }))
    }
    if (row.amount > 0n) {
      const payment = { id: `${event.id}-${row.number}`, challenge, number: row.number, amount: row.amount, at, tx }
      await context.db.insert(payments).values(payment)
    }
  }
  await context.db.update(challenges, { id: challenge }).set((old: { concluded: number; events: number }) => ({
    concluded: old.concluded + concluded,
    events: old.events + 1,
  }))
}

ponder.on('Train:Created', async (told: any) => {
  await keep('challenge_created', told)
  const { challenge: id, maker, token, prize, terms } = told.event.args
  const counts = { submitted: 0, concluded: 0, events: 1 }
  await told.context.db
    .insert(challenges)
    .values({ id, maker, token, prize, terms, createdAt: told.event.block.timestamp, ...counts })
})

ponder.on('Train:Submitted', async (told: any) => {
  await keep('submitted', told)
  const { event, context } = told
  const { challenge, number, solver, attempt, cid, commitment, units } = event.args
  const zeros = { score: 0n, content: '', acceptedUnits: 0n, verdictAt: 0n, verdictTx: '', paid: 0n }
  await context.db.insert(submissions).values({
    ...{ challenge, number, solver, attempt, cid, commitment, units, status: 'pending', ...zeros },
    ...{ submittedAt: event.block.timestamp, submitTx: event.transaction.hash },
  })
  await context.db
    .update(challenges, { id: challenge })
    .set((old: { submitted: number; events: number }) => ({ submitted: old.submitted + 1, events: old.events + 1 }))
})

ponder.on('Train:Scored', async (told: any) => {
  await keep('scored', told)
  const { event, context } = told
  const { challenge, oracle, report, rows } = event.args
  for (const { number, status: verdict, score, content, units } of rows as Row[]) {
    const vote = { verdict, score, content, units, report, at: event.block.timestamp, tx: event.transaction.hash }
    await context.db
      .insert(votes)
      .values({ challenge, number, oracle, ...vote })
      .onConflictDoUpdate(vote)
  }
  await conclude(rows, told)
})

ponder.on('Train:Settled', async (told: any) => {
  await keep('settled', told)
  await conclude(told.event.args.rows, told)
})

ponder.on('Train:Released', async (told: any) => {
  await keep('payment_released', told)
  await conclude(told.event.args.rows, told)
})

ponder.on('Train:Told', (told: any) => keep(told.event.args.kind, told))
