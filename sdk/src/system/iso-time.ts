/** A ledger's time for people: ledgers close on whole seconds, so there are no milliseconds to show. */
export const isoTime = (seconds: bigint | number): string =>
  new Date(Number(seconds) * 1_000).toISOString().replace('.000Z', 'Z')
