/** A bounty whose judge is the contract that grades, in its time: two of three oracles are silent, and the service opens the truth by itself. */
import type { Keypair } from '@stellar/stellar-sdk'
import { view } from '@stellartrain/contracts-client'
import { recountAt } from '@stellartrain/contracts-client/recount'
import { until } from '@stellartrain/contracts-client/testing/until'
import { discloseSubmission } from '@stellartrain/sdk/disclose'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import { submitFile } from '@stellartrain/sdk/submit'
import type { Hands } from '../e2e/hands.ts'
import { bounty, guesses } from '../e2e/letters.ts'
import type { Parts } from '../e2e/parts.ts'
import type { People } from './people.ts'
import { termsFor } from './undecided.ts'

export type Appealed = { challenge: number; number: number; solver: Keypair; judge: string; disclosure: Uint8Array }

/** The challenge, accepted; nobody has submitted. */
export const recountChallenge = (
  parts: Parts,
  { maker }: Pick<People, 'maker'>,
  beside: Hands,
  changes: Partial<Plan> = {},
): Promise<number> =>
  parts.open(
    maker,
    {
      ...bounty,
      ...{ payout: { rule: 'bounty', reward: '5', winners: 2 }, threshold: '0.9', patienceSeconds: 60 },
      ...{ judge: { address: 'recount' }, title: 'Letters, before the ledger', ...changes },
    },
    beside,
  )

type Plan = Parameters<Parts['open']>[1]

/** The judge's time has begun, and the service has opened the truth to it. */
export async function truthOpened(parts: Parts, challenge: number): Promise<void> {
  await parts.warpTo((await termsFor(parts, challenge)).gradeBy)
  const truth = () => view(parts.sdk.chain, recountAt(parts.config.recount!).truth({ challenge }))
  await until(async () => (await truth())?.complete, { what: 'the truth to be open' })
}

/** @param work as the solver submits it; of the letters' task unless given */
export async function beforeRecount(
  parts: Parts,
  people: People,
  beside: Hands,
  { changes, work = guesses(1) }: { changes?: Partial<Plan>; work?: Uint8Array } = {},
): Promise<Appealed> {
  const { ada } = people
  const challenge = await recountChallenge(parts, people, beside, changes)
  const drafts = memoryDrafts()
  const { number } = await submitFile(parts.sdk, { challenge, csv: work, signer: ada, drafts })
  const mine = { challenge, solver: ada.publicKey(), attempt: 1 }
  const { bytes } = await discloseSubmission(parts.sdk, mine, { drafts })
  await truthOpened(parts, challenge)
  return { challenge, number, solver: ada, judge: parts.config.recount!, disclosure: bytes }
}
