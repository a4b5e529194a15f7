/** Whether this oracle can be sent a token: a fee that it cannot receive would stay in the challenge, and be asked for in vain. */
import { type Chain, readBalance, readToken } from '@stellartrain/contracts-client'
import type { Refusal } from '../refusal.ts'

export type Receiving = {
  /** Why it cannot receive the token now; undefined where it can. Rejects with ChainFailure, ContractError. */
  obstacle(token: string): Promise<Refusal | undefined>
  /** A withdrawal failed, for this reason; it is tried again after a while. */
  block(challenge: number, reason: Refusal): void
  blocked(challenge: number): boolean
  /** Fees that cannot be withdrawn, with the reason. */
  all(): { challenge: number; code: string; message: string }[]
}

/** A trustline that was added is noticed this much later. */
const AGAIN_MS = 600_000

export function createReceiving(chain: Chain, address: string, now: () => number, signal: AbortSignal): Receiving {
  const failed = new Map<number, { reason: Refusal; at: number }>()
  return {
    async obstacle(contract) {
      const token = await readToken(chain, contract, { signal })
      if (token.issuer === address) return undefined
      if ((await readBalance(chain, token, address, { signal })) !== null) return undefined
      const asset = token.issuer === null ? token.code : `${token.code}:${token.issuer}`
      const message = `The account of this oracle has no trustline for ${asset}, so it could not be paid. Its operator adds one: npx stellartrain-oracle trust ${asset}`
      return { code: 'no_trustline', message, passing: true }
    },
    block: (challenge, reason) => void failed.set(challenge, { reason, at: now() }),
    blocked(challenge) {
      const last = failed.get(challenge)
      return last !== undefined && now() - last.at < AGAIN_MS
    },
    all: () =>
      [...failed].map(
        ([
          challenge,
          {
            reason: { code, message },
          },
        ]) => ({ challenge, code, message }),
      ),
  }
}
