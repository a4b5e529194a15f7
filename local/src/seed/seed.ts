/** The first start's story: a challenge on real data, in which two solvers have competed. Each step asks the chain whether it happened already. */
import { Keypair } from '@stellar/stellar-sdk'
import { view, views } from '@stellartrain/contracts-client'
import type { StellarTrain as Sdk } from '@stellartrain/sdk'
import { createClient } from '@stellartrain/sdk/client'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { fileDrafts } from '@stellartrain/sdk/draft-files'
import type { DraftStore } from '@stellartrain/sdk/drafts'
import { watchSubmission } from '@stellartrain/sdk/submission-status'
import { resumeDrafts, submitFile } from '@stellartrain/sdk/submit'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { penguins } from '../challenges/penguins.ts'
import { fitForest } from '../models/forest.ts'
import { flipperRule } from '../models/rule.ts'
import { DATA, readTable } from '../models/table.ts'
import { waitForOracle } from '../system/oracle-ready.ts'
import type { Progress } from '../system/progress.ts'
import type { System } from '../system/system.ts'

const DAYS_OPEN = 120
const CHALLENGE = 1

export async function seed(system: System, progress: Progress): Promise<void> {
  if (system.home.memory.seeded) return
  const sdk = createClient(system.config)
  const [maker, ada, grace] = system.home.secrets.accounts.map((account) => Keypair.fromSecret(account.secret))

  await progress.step('a challenge on real data', async () => {
    const oracle = await waitForOracle(system.urls.oracle)
    if ((await view(sdk.chain, views.challenges())) < CHALLENGE) {
      const deadline = new Date(Date.now() + DAYS_OPEN * 86_400_000)
      const prepared = await prepareChallenge(sdk, penguins({ oracles: [oracle], deadline }), maker!.publicKey())
      await createChallenge(sdk, prepared, maker!)
    }
    await waitForAcceptance(sdk, CHALLENGE)
  })
  await progress.step('two solvers compete', async () => {
    const train = readTable(`${DATA}penguins/train.csv`)
    const test = readTable(`${DATA}penguins/test.csv`)
    const drafts = fileDrafts(system.home.folder('drafts'))
    await compete(sdk, drafts, grace!, flipperRule(train, test))
    await compete(sdk, drafts, ada!, fitForest(train, test, 'sex'))
  })
  system.home.remember({ seeded: true })
}

/** A start may be killed when the submission is on the ledger and its file was given to no one: the drafts still have it. */
async function compete(sdk: Sdk, drafts: DraftStore, solver: Keypair, csv: Uint8Array): Promise<void> {
  await resumeDrafts(sdk, drafts, { solver: solver.publicKey() })
  const { attempts } = await view(sdk.chain, views.attempts({ challenge: CHALLENGE, solver: solver.publicKey() }))
  if (attempts === 0) await submitFile(sdk, { challenge: CHALLENGE, csv, signer: solver, drafts })
  const ref = { challenge: CHALLENGE, solver: solver.publicKey(), attempt: 1 }
  for await (const { story } of watchSubmission(sdk, ref)) if (story.final) return
}
