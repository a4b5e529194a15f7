/** Submits for a story, and waits for what the story needs. */
import type { Keypair } from '@stellar/stellar-sdk'
import { carryFor, type Submission, submit, view, views } from '@stellartrain/contracts-client'
import { cidOf } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { submitFile } from '@stellartrain/sdk/submit'
import type { Named } from '../e2e/hands.ts'
import type { Parts } from '../e2e/parts.ts'

export type Work = Named & { number: number }

/** Submits a file and returns once the oracle service has voted on it. */
export async function send(parts: Parts, challenge: number, solver: Keypair, csv: Uint8Array): Promise<Work> {
  const { number, attempt } = await submitFile(parts.sdk, { challenge, csv, signer: solver })
  const work = { challenge, solver, attempt, number }
  await reaches(parts, work, ({ voted, verdict }) => voted > 0 || verdict > 0)
  return work
}

/** A submission whose file no one holds. */
export async function sendNothing({ fixture, sdk }: Parts, challenge: number, solver: Keypair): Promise<Work> {
  const [{ terms }, state] = await Promise.all([
    view(sdk.chain, views.challenge({ challenge })),
    view(sdk.chain, views.state({ challenge })),
  ])
  const file = { cid: cidOf(91), commitment: new Uint8Array(32), units: 0, carry: carryFor(terms, state) }
  const number = await fixture.act(submit({ solver: solver.publicKey(), challenge, attempt: 1, ...file }), solver)
  return { challenge, solver, attempt: 1, number }
}

/** Waits until the ledger has this of a submission. */
export function reaches({ sdk }: Parts, work: Named, holds: (it: Submission) => boolean): Promise<Submission> {
  const id = { challenge: work.challenge, solver: work.solver.publicKey(), attempt: work.attempt }
  const read = async () => {
    const found = await view(sdk.chain, views.submission(id))
    return holds(found) && found
  }
  return until(read, { what: `a submission of challenge ${work.challenge}` })
}

export const concluded = ({ verdict }: Submission): boolean => verdict > 0
