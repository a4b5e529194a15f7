/** The raw events, which everything else follows from. */

export interface EventsTable {
  id: string
  ledger: number
  closed_at: string
  tx_hash: string
  type: string
  challenge: string | null
  topics: string[]
  value: string
  /** As the API gives it, JSON; null: not decoded when it was written. */
  data: string | null
}

/** In which partitions there are events of a challenge (0: of any or none), of a type ('': of any), or of both. */
export interface EventPartsTable {
  challenge: string
  type: string
  part: number
}
