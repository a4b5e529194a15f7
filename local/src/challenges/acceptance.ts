/** Waits until every oracle has taken a challenge on. */
import { readClock, sleep, view, views } from '@stellartrain/contracts-client'
import type { StellarTrain } from '@stellartrain/sdk'

/** @throws Error when the oracles have not accepted in time; the prize can then be taken back with `cancel`. */
export async function waitForAcceptance(system: StellarTrain, challenge: number, signal?: AbortSignal): Promise<void> {
  const { terms } = await view(system.chain, views.challenge({ challenge }))
  for (;;) {
    const { accepted } = await view(system.chain, views.state({ challenge }))
    if (accepted.every((version) => version > 0)) return
    const { closedAt } = await readClock(system.chain)
    if (BigInt(closedAt) >= terms.accept_by)
      throw new Error(`No oracle accepted challenge ${challenge} in time; its prize can be taken back with cancel.`)
    await sleep(300, signal)
  }
}
