/** Waits until every oracle has taken a challenge on. */
import { readClock, sleep, view, views } from '@stellartrain/contracts-client'
import type { StellarTrain } from '@stellartrain/sdk'

/** @throws Error when an oracle says that it refuses, or none accepts in time; the prize can then be taken back with `cancel`. */
export async function waitForAcceptance(system: StellarTrain, challenge: number, signal?: AbortSignal): Promise<void> {
  const { terms } = await view(system.chain, views.challenge({ challenge }))
  for (let tries = 1; ; tries++) {
    const { accepted } = await view(system.chain, views.state({ challenge }))
    if (accepted.every((version) => version > 0)) return
    const silent = terms.oracles.filter((_, place) => accepted[place] === 0)
    // What it refuses it seldom takes later, and nobody would learn why.
    const refusals = tries % 10 === 0 ? await Promise.all(silent.map((one) => refusalOf(system, one, challenge))) : []
    const refusal = refusals.find((one) => one !== undefined)
    if (refusal) throw new Error(`An oracle refuses challenge ${challenge}: ${refusal}`)
    const { closedAt } = await readClock(system.chain)
    if (BigInt(closedAt) >= terms.accept_by)
      throw new Error(`No oracle accepted challenge ${challenge} in time; its prize can be taken back with cancel.`)
    await sleep(300, signal)
  }
}

type Status = { refused?: { challenge: number; message: string }[] }

/** What an oracle says of a challenge that it refuses, under the URL that it registered. */
async function refusalOf({ chain }: StellarTrain, oracle: string, challenge: number): Promise<string | undefined> {
  try {
    const { versions } = await view(chain, views.oracle({ oracle }))
    const { url } = await view(chain, views.oracleKey({ oracle, version: versions }))
    const response = await fetch(`${url}/status`, { signal: AbortSignal.timeout(2_000) })
    const { refused = [] } = (await response.json()) as Status
    return refused.find((one) => one.challenge === challenge)?.message
  } catch {
    return undefined // who is silent refuses nothing
  }
}
