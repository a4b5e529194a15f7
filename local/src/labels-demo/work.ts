/** One labeler at work through the sdk: batches are leased, answered by its kind, submitted, and waited for, until nothing is left for it. */
import type { Keypair } from '@stellar/stellar-sdk'
import { sleep, Verdict, view, views } from '@stellartrain/contracts-client'
import type { StellarTrain } from '@stellartrain/sdk'
import { readTasks, type Tasks } from '@stellartrain/sdk/batch'
import { type DraftStore, memoryDrafts } from '@stellartrain/sdk/drafts'
import { isRetryable, type SubmitOptions, submitFile } from '@stellartrain/sdk/submit'
import { answerOf, type Labeler } from './crowd.ts'
import type { Task } from './task.ts'

export type Person = Labeler & { signer: Keypair }

/** What came of a batch. `units`: paid ones. */
export type Done = { person: Person; number: number; items: number; units: number; accepted: boolean; reason: number }

export type Job = {
  challenge: number
  task: Task
  seed: string
  /** Whom the copier copies: what it said, by item, and its newest batch in its order. */
  seen: { byItem: Map<string, string>; rows: string[] }
  onDone: (done: Done) => void
  /** No label is asked for any more, or there is no time left. */
  over: () => boolean
}

/** Others hold what is left, or an oracle is busy: it may be free in a moment. */
const PAUSE_MS = 500

export async function work(system: StellarTrain, person: Person, job: Job): Promise<void> {
  const { signer } = person
  const labeler = signer.publicKey()
  for (let rejected = 0; rejected < person.patience && !job.over(); ) {
    const drafts = memoryDrafts()
    const tasks = await nextTasks(system, { person, drafts, job })
    if (tasks === undefined) return
    const ids = tasks.rows.map(([id]) => id!)
    const answers = answersTo(ids, person, job)
    const csv = new TextEncoder().encode(
      `${['id', 'answer'].join()}\n${ids.map((id, at) => `${id},${answers[at]}`).join('\n')}\n`,
    )
    const number = await submitted(system, { challenge: job.challenge, csv, signer, drafts }, job)
    if (number === undefined) return
    const { verdict, units, reason } = await verdictOf(system, job, { labeler, attempt: tasks.attempt })
    const accepted = verdict === Verdict.Scored
    job.onDone({ person, number, items: ids.length, units: accepted ? units : 0, accepted, reason })
    rejected = accepted ? 0 : rejected + 1
  }
}

/** The labeler's answers to a batch; the copier sees those of the one it copies. */
export function answersTo(
  ids: readonly string[],
  person: Labeler,
  { task, seed, seen }: Pick<Job, 'task' | 'seed' | 'seen'>,
): string[] {
  const answers = ids.map((item, row) => {
    const copied = { item: seen.byItem.get(item), row: seen.rows[row] }
    return answerOf(person, { item, truth: task.truth.get(item)!, choices: task.choices, copied }, seed)
  })
  if (person.name === 'careful-1') {
    ids.forEach((id, at) => {
      seen.byItem.set(id, answers[at]!)
    })
    seen.rows = answers
  }
  return answers
}

/** Undefined where the time is over: the batch was not submitted. */
async function submitted(system: StellarTrain, options: SubmitOptions, { over }: Job): Promise<number | undefined> {
  while (!over()) {
    try {
      return (await submitFile(system, options)).number
    } catch (error) {
      if (!isRetryable(error)) throw error
      await sleep(PAUSE_MS)
    }
  }
  return undefined
}

async function nextTasks(
  system: StellarTrain,
  { person: { signer }, drafts, job }: { person: Person; drafts: DraftStore; job: Job },
): Promise<Tasks | undefined> {
  const { challenge } = job
  while (!job.over()) {
    try {
      return await readTasks(system, { challenge, labeler: signer.publicKey() }, { signer, drafts })
    } catch (error) {
      const { code, retryable } = error as { code?: string; retryable?: boolean }
      if (retryable) {
        await sleep(PAUSE_MS)
        continue
      }
      if (code === 'no_attempts_left' || code === 'escrow_used_up' || code === 'not_open') return undefined
      throw error
    }
  }
  return undefined
}

async function verdictOf(system: StellarTrain, { challenge, over }: Job, of: { labeler: string; attempt: number }) {
  for (;;) {
    const id = { solver: of.labeler, attempt: of.attempt }
    const [found] = await view(system.chain, views.submissions({ challenge, ids: [id] }))
    if (found !== undefined && found.verdict !== Verdict.Pending) return found
    if (over()) throw new Error(`Batch ${of.attempt} of ${of.labeler} was not judged in time.`)
    await sleep(PAUSE_MS)
  }
}
