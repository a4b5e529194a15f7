// biome-ignore-all lint/suspicious/noExplicitAny: the types of Ponder are generated where it is installed.
/** Each event becomes the rows that the indexer makes of it. */
import { ponder } from 'ponder:registry'
import { challenges, events, payments, submissions, votes } from 'ponder:schema'

type Standing = { number: bigint; verdict: string; score: bigint; content: string; units: bigint }
type Payment = { number: bigint; amount: bigint }

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

async function vote(oracle: string, { event, context }: any): Promise<void> {
  const { challenge, report, votes: cast } = event.args
  for (const { number, verdict, score, content, units } of cast as Standing[]) {
    const said = { verdict, score, content, units, report, at: event.block.timestamp, tx: event.transaction.hash }
    await context.db
      .insert(votes)
      .values({ challenge, number, oracle, ...said })
      .onConflictDoUpdate(said)
  }
}

async function conclude({ event, context }: any): Promise<void> {
  const { challenge, verdicts, payments: sent } = event.args
  const { timestamp: at } = event.block
  const { hash: tx } = event.transaction
  const paid = new Map<bigint, bigint>()
  for (const { number, amount } of sent as Payment[]) {
    paid.set(number, amount)
    await context.db.insert(payments).values({ id: `${event.id}-${number}`, challenge, number, amount, at, tx })
  }
  for (const { number, verdict: status, score, content, units } of verdicts as Standing[]) {
    const amount = paid.get(number) ?? 0n
    paid.delete(number)
    await context.db.update(submissions, { challenge, number }).set((old: { paid: bigint }) => ({
      ...{ status, score, content, acceptedUnits: units },
      ...{ verdictAt: at, verdictTx: tx, paid: old.paid + amount },
    }))
  }
  // Of what was concluded before.
  for (const [number, amount] of paid)
    await context.db
      .update(submissions, { challenge, number })
      .set((old: { paid: bigint }) => ({ paid: old.paid + amount }))
  await count({ event, context }, verdicts.length)
}

async function count({ event, context }: any, concluded = 0): Promise<void> {
  await context.db
    .update(challenges, { id: event.args.challenge })
    .set((old: { concluded: number; events: number }) => ({
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
  await vote(told.event.args.oracle, told)
  await conclude(told)
})

ponder.on('Train:Ruled', async (told: any) => {
  await keep('ruled', told)
  await vote(told.event.args.judge, told)
  await count(told)
})

ponder.on('Train:Settled', async (told: any) => {
  await keep('settled', told)
  await conclude(told)
})

ponder.on('Train:Released', async (told: any) => {
  await keep('payment_released', told)
  await conclude(told)
})

ponder.on('Train:Told', async (told: any) => {
  await keep(told.event.args.kind, told)
  if (told.event.args.challenge > 0n) await count(told)
})
