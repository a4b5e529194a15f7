/** The last vote that this process posted, for its operator: the ledger has all of them. */

export type LastVote = Readonly<{ challenge: number; number: number /** RFC 3339. */; at: string }>

/** @param now milliseconds since 1970 */
export function createLastVote(now: () => number) {
  let last: LastVote | null = null
  return {
    current: () => last,
    note(challenge: number, numbers: readonly number[]) {
      const number = numbers.at(-1)
      if (number !== undefined) last = { challenge, number, at: new Date(now()).toISOString() }
    },
  }
}
