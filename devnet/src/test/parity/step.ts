/** The shapes of a step: what was asked, what came of it; XDR in base64, long XDR as its length and SHA-256. */

export interface Step {
  name: string
  kind: 'simulate' | 'apply'
  /** The ledger in which it runs, and its time in seconds since 1970. */
  sequence: number
  closeTime: number
  envelope: string
  /** Of a simulation: 1 records authorization, 2 below the root too, 4 with addresses in the payload. */
  flags: number
}

export interface Simulated {
  /** An error with the log of events before it. */
  error: string
  /** What the transaction must declare, whole. */
  data: string
  /** Stroops. */
  fee: number
  value: string
  auth: string[]
  events: string[]
  /** Key, before, after. */
  changes: [string, string, string][]
}

/** Counts, bytes and stroops. */
export interface Figures {
  instructions: number
  memory: number
  readEntries: number
  readBytes: number
  diskReadBytes: number
  writeEntries: number
  writeBytes: number
  eventBytes: number
  transactionBytes: number
  rentFee: number
  /** Owed whatever happens. */
  fixedFee: number
  /** Owed for events and rent. */
  refundableFee: number
}

export interface Applied {
  outcome: string
  /** Hash of the returned value and the events, in hexadecimal. */
  success: string
  value: string
  events: string[]
  /** The host's own, and after them here what a node adds: why it failed a call, and 19 figures. */
  diagnostics: string[]
  costs: Figures
  /** Key, data and last ledger of each entry of the footprint, as it is afterwards. */
  entries: [string, string, number | null][]
}

/** What the test utilities of soroban-sdk tell of a call; its rent at the network's prices. */
export interface SdkFigures {
  error: string
  value: string
  events: string[]
  instructions: number
  memory: number
  diskReadEntries: number
  memoryReadEntries: number
  diskReadBytes: number
  writeEntries: number
  writeBytes: number
  eventBytes: number
  rentFee: number
}

export interface Played {
  step: Step
  seen: Simulated | Applied
}

export interface Golden {
  /** SHA-256 of the contract that the story is about; empty for the contract of the tests. */
  contract: string
  /** Whether the prices of instructions and memory that soroban-sdk holds are those of the settings. */
  prices: 'equal' | 'different'
  steps: {
    name: string
    /** SHA-256 of what was asked. */
    asked: string
    simulated?: Simulated
    applied?: Applied
    sdk?: SdkFigures | null
  }[]
}
