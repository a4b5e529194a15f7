/** One submission as the chain has it; `time` is its ledger's close time in unix seconds. */
export type Entry = Readonly<{
  challenge: number
  number: number
  solver: string
  attempt: number
  cid: string
  units: number
  time: bigint
}>
