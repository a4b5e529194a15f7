/** What a run waits for: the votes of the oracles that are there, the queue's patience, the days up to the deadline, and the close. */
import { readClock, sleep, view, views } from '@stellartrain/contracts-client'
import { hasFlag } from '@stellartrain/contracts-client/rules'
import type { StellarTrain as Sdk } from '@stellartrain/sdk'
import { closeChallenge } from '@stellartrain/sdk/challenge-admin'
import type { Made } from './audit.ts'
import type { Crew, Part } from './crew.ts'
import type { Stage } from './stage.ts'
import { PATIENCE, type Story } from './story.ts'

const WITHIN_MS = 240_000

/** Until each submission is concluded, or has the votes of all oracles but those: what is concluded they leave alone. @throws Error when one leaves something out */
export async function waitForVotes(
  sdk: Sdk,
  story: Story,
  { oracles }: Crew,
  made: readonly Made[],
  without: Part,
): Promise<void> {
  const wanted = oracles.flatMap(({ part }, place) => (part === without ? [] : [place]))
  for (const { submitted } of made) {
    let silent = wanted
    await until(`the votes on submission ${submitted.number}`, async () => {
      const { voted, verdict } = await read(sdk, story, submitted)
      if (verdict !== 0) return true
      silent = wanted.filter((place) => ((voted >> place) & 1) === 0)
      return silent.length === 0
    }).catch((cause) => {
      throw new Error(`no vote by the oracles: ${silent.map((place) => oracles[place]!.part).join(', ')}`, { cause })
    })
  }
}

/** Two patiences go by, and the queue moves on without what its oracles cannot agree on. */
export async function passOver(sdk: Sdk, stage: Stage, story: Story, made: readonly Made[]): Promise<void> {
  await warp(stage, 2 * PATIENCE)
  for (const { submitted } of made)
    await until(`submission ${submitted.number} to be passed over`, async () =>
      hasFlag((await read(sdk, story, submitted)).flags, 'passed'),
    )
}

/** Closes after the deadline, which sends the maker what is left and folds the records. */
export async function close(sdk: Sdk, stage: Stage, { challenge, maker }: Story): Promise<void> {
  const { terms } = await view(sdk.chain, views.challenge({ challenge }))
  const { closedAt } = await readClock(sdk.chain)
  const seconds = Number(terms.deadline) - closedAt
  if (seconds > 0) await warp(stage, seconds)
  await closeChallenge(sdk, challenge, maker)
}

const read = ({ chain }: Sdk, { challenge }: Story, { solver, attempt }: Made['submitted']) =>
  view(chain, views.submission({ challenge, solver, attempt }))

/** Moves the ledger's clock; it is asked again while the network is being killed, until it has moved. */
async function warp(stage: Stage, seconds: number): Promise<void> {
  await until('the local network to move its clock', async () => {
    const response = await fetch(`${stage.networkUrl}/warp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ seconds }),
    })
    if (!response.ok) throw new Error(`it refused: ${await response.text()}`)
    return true
  })
}

/** Whoever would answer may be dead at this moment, and comes back. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  let last: unknown
  for (const end = Date.now() + WITHIN_MS; Date.now() < end; await sleep(500)) {
    try {
      if (await holds()) return
    } catch (error) {
      last = error
    }
  }
  throw new Error(`waited in vain for ${what}`, { cause: last })
}
