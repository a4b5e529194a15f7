/** How a draft is found again. */
export type DraftKey = {
  /** Passphrase. */
  network: string
  contract: string
  challenge: number
  solver: string
  attempt: number
}

export const DRAFT_PREFIX = 'submission-'

/** A name that is safe as a file name and as a key. */
export function draftName({ network, contract, challenge, solver, attempt }: DraftKey): string {
  const place = network.replace(/[^a-zA-Z0-9]+/g, '-').toLowerCase()
  return `${DRAFT_PREFIX}${place}-${contract.slice(0, 12)}-${challenge}-${solver}-${attempt}`
}
