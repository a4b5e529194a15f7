/** Whether a labeler could submit what it would label: asked of the ledger before it gets anything to do. */
import { type Chain, isAdmitted, readAccount, readBalance, readToken } from '@stellartrain/contracts-client'
import { attemptsLeft, maySubmit, NO_ATTEMPTS, phase, tryOnce } from '@stellartrain/contracts-client/rules'
import { HttpError } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'

/** Longest that an answer of the ledger about a labeler is used again, milliseconds. */
const CURRENT_MS = 15_000
const MOST_KNOWN = 10_000

export type Labelers = {
  /** @throws HttpError `not_open`, `not_you`, `no_attempts_left`, `not_admitted`, `no_funds`; ChainFailure */
  check(challenge: Challenge, labeler: string, now: number): Promise<void>
}

export function createLabelers(chain: Chain, wall: () => number, signal: AbortSignal): Labelers {
  const asked = new Map<string, { at: number; answer: Promise<void> }>()

  async function ask({ id, gate, token, terms }: Challenge, labeler: string): Promise<void> {
    // Whoever is paid by earnings sends nothing, and needs an account only to be paid.
    if (terms.payout.rule === 'earnings') {
      if (await isAdmitted(chain, gate, { challenge: id, solver: labeler }, { signal })) return
      throw new HttpError(403, 'not_admitted', `The gate ${gate} of this challenge does not admit ${labeler}.`)
    }
    const [admitted, account, balance] = await Promise.all([
      isAdmitted(chain, gate, { challenge: id, solver: labeler }, { signal }),
      readAccount(chain, labeler, { signal }),
      readToken(chain, token, { signal }).then((found) => readBalance(chain, found, labeler, { signal })),
    ])
    if (!admitted)
      throw new HttpError(403, 'not_admitted', `The gate ${gate} of this challenge does not admit ${labeler}.`)
    if (!account || balance === null || balance < terms.deposit)
      throw new HttpError(
        403,
        'no_funds',
        `The account ${labeler} does not exist, cannot receive the challenge's token, or does not have the deposit of ${terms.deposit}.`,
      )
  }

  return {
    async check(challenge, labeler, now) {
      const { id, maker, terms, counters } = challenge
      if (!maySubmit(phase(terms, counters, now)))
        throw new HttpError(409, 'not_open', `Challenge ${id} does not take batches now.`)
      if ([maker, terms.judge?.address, ...terms.oracles].includes(labeler))
        throw new HttpError(403, 'not_you', 'The maker, the judge and the oracles of a challenge cannot label in it.')
      const times = [...challenge.entries.values()].filter(({ solver }) => solver === labeler).map(({ time }) => time)
      const made = times.sort((a, b) => a - b).reduce(tryOnce, NO_ATTEMPTS)
      if (attemptsLeft(terms, made, now).today === 0)
        throw new HttpError(409, 'no_attempts_left', `${labeler} has no attempt left now.`)
      const key = `${id}/${labeler}`
      const known = asked.get(key)
      if (known !== undefined && wall() - known.at < CURRENT_MS) return known.answer
      const answer = ask(challenge, labeler)
      asked.set(key, { at: wall(), answer })
      // What was refused may be mended at once.
      answer.catch(() => asked.delete(key))
      for (const old of asked.keys()) if (asked.size > MOST_KNOWN) asked.delete(old)
      return answer
    },
  }
}
