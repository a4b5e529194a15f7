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

export async function beforeRecount(parts: Parts, { maker, ada }: People, beside: Hands): Promise<Appealed> {
  const judge = parts.config.recount!
  const plan = {
    ...{
      ...bounty,
      payout: { rule: 'bounty', reward: '5', winners: 2 } as const,
      threshold: '0.9',
      patienceSeconds: 60,
    },
    ...{ judge: { address: 'recount' }, title: 'Letters, before the ledger' },
  }
  const challenge = await parts.open(maker, plan, beside)
  const drafts = memoryDrafts()
  const { number } = await submitFile(parts.sdk, { challenge, csv: guesses(1), signer: ada, drafts })
  const mine = { challenge, solver: ada.publicKey(), attempt: 1 }
  const { bytes } = await discloseSubmission(parts.sdk, mine, { drafts })
  await parts.warpTo((await termsFor(parts, challenge)).gradeBy)
  const truth = () => view(parts.sdk.chain, recountAt(judge).truth({ challenge }))
  await until(async () => (await truth())?.complete, { what: 'the truth to be open' })
  return { challenge, number, solver: ada, judge, disclosure: bytes }
}
