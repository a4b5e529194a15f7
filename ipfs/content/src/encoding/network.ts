/** Where a piece of content belongs: a network, its contract, and there a challenge. */
import { sha256, toHex, utf8 } from './bytes.ts'

/** `network` is the network id: SHA-256 of the passphrase in hex. `contract` is a strkey `C…`. */
export type Place = { network: string; contract: string }

/** One challenge of a contract; `challenge` is its id, a `u32`. */
export type ChallengePlace = Place & { challenge: number }

/** The only place on-chain where a sealed submission is worth something. */
export type SubmissionPlace = ChallengePlace & { solver: string }

/** Who may use a truth: one maker on one contract of one network. */
export type TruthPlace = Place & { maker: string }

/** SHA-256 of the passphrase as 64 hex digits. */
export async function networkId(passphrase: string): Promise<string> {
  return toHex(await sha256(utf8(passphrase)))
}
