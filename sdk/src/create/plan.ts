/** What a maker decides about a challenge, in the words of a person: decimals, dates, files. */
import type { Manifest } from '@stellartrain/ipfs-content/manifest'

export type PlannedDataset = {
  name: string
  role: 'train' | 'test' | 'sample_submission' | 'other'
  bytes: Uint8Array
  mediaType?: string
  columns?: { name: string; type: 'number' | 'integer' | 'string' }[]
  /** Counts from 1; a new version names the CID of the one before. */
  version?: number
  previous?: string | null
  /** The version before, in another challenge: `version` and `previous` follow from it, and name, type and columns unless given. */
  newVersionOf?: { challenge: number; name: string }
}

/** How a challenge pays; amounts are decimal, in the challenge's asset. */
export type PlannedPayout =
  | { rule: 'bounty'; reward: string; winners: number }
  /** To the best solvers on the private rows, the largest prize first. */
  | { rule: 'ranked'; prizes: string[] }
  /** For each accepted unit of a batch of labels; `maxUnits` is a full batch, `prize` all that can be paid out. */
  | { rule: 'per_unit'; rate: string; maxUnits: number; prize: string }
  /** What the oracles post as earned; `prize` is all that can be claimed. It takes no submissions. */
  | { rule: 'earnings'; prize: string }

export type ChallengePlan = {
  title: string
  summary: string
  /** Markdown. */
  description: string
  license: string
  tags?: string[]
  datasets: PlannedDataset[]
  /** Files that items link to by their CID, such as images: uploaded with the others, and named by no manifest. */
  media?: { name: string; bytes: Uint8Array }[]
  /** The truth CSV: id, value, and for a ranking `usage`: public or private. */
  truth: Uint8Array
  submission: Manifest['submission']
  metric: { id: string; params?: Manifest['metric']['params'] }
  /** `dataset` names a published file that, submitted, has this score; the score is then computed. */
  baseline: { description: string; dataset?: string; score?: number }
  /**
   * Where units are paid: the published file of all items, and the least share of known items to get right. With `overlap` each item gets
   * so many labelers, by leases of the oracles; `secondsPerItem` is what one takes, as the maker expects. `task` says what labelers see
   * and answer.
   */
  labeling?: NonNullable<Manifest['labeling']>
  /** After the end. Everything of a ranking unless given, for only then can it be verified; of others what won. */
  publishes?: { truth: boolean; submissions: 'none' | 'winning' | 'all' }

  /** `XLM`, `CODE:ISSUER`, a token contract's address, or the code of one of the system's known assets. */
  asset: string
  /** A bounty of `reward` and `winners` unless given. */
  payout?: PlannedPayout
  /** To each winner, decimal. */
  reward?: string
  winners?: number
  /** Decimal; what a rounded score must reach. Of no matter where units are paid. */
  threshold: string
  /** Scores are rounded to multiples of this, decimal; 0.0001 unless given. */
  step?: string
  /** Per submission, returned with every valid one; nothing unless given. */
  deposit?: string
  attempts?: number
  attemptsPerDay?: number

  /** One, three or five; their majority is the quorum. */
  oracles: string[]
  /** To each oracle of the quorum per submission, decimal. */
  oracleFee?: string
  /** For the oracles' fees, beside the prizes; enough for 50 submissions and the ranking unless given. */
  feeBudget?: string
  /**
   * Who decides what the oracles leave undecided: an account, a contract, or `recount`, the system's contract that grades; until when,
   * unless one window after `gradeBy`.
   */
  judge?: { address: string; judgeBy?: Date }
  /** A contract that admits solvers; everybody unless given. */
  gate?: string
  /** Whether identical content of another solver is a copy that earns nothing; by the kind of values unless given. */
  uniqueContent?: boolean

  /** At once unless given. */
  opens?: Date
  deadline: Date
  /** Until then every oracle must have accepted. */
  acceptBy?: Date
  patienceSeconds?: number
  gradeBy?: Date
}
