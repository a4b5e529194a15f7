/** What a labeler earned by the newest epoch, and the claim of it by its Merkle sum proof; loaded on demand. */
import { view, views } from '@stellartrain/contracts-client'
import { claim, readEarnings, readLeaves } from '@stellartrain/sdk/earnings'
import { system, walletSigner } from './system.ts'

/** Base units. */
export type Earned = { epoch: number; cumulative: bigint; claimed: bigint }

export async function earnedBy(challenge: number, labeler: string): Promise<Earned> {
  const { state } = await readEarnings(system(), challenge)
  const [leaves, claimed] = await Promise.all([
    readLeaves(system(), challenge, state.epochs),
    view(system().chain, views.claimed({ challenge, labeler })),
  ])
  const cumulative = leaves.find((leaf) => leaf.labeler === labeler)?.cumulative ?? 0n
  return { epoch: state.epochs, cumulative, claimed }
}

/** Sends a labeler what it earned, whoever signs: the money goes to the labeler alone. */
export async function claimFor(challenge: number, labeler: string): Promise<void> {
  await claim(system(), { challenge, labeler }, walletSigner())
}
