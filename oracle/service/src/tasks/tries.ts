/** What an oracle knows of who took a challenge's quiz: tries, and who passed. Plain rules over a journal, without I/O of their own. */
import type { LeaseSignature } from '@stellartrain/ipfs-content/lease'
import { z } from 'zod'

const signature = z.object({ oracle: z.string(), signature: z.string() })

export const quizEntry = z.discriminatedUnion('type', [
  /** `answers`: SHA-256 of what was answered, hex; `at`: ledger time. */
  z.object({
    type: z.literal('try'),
    labeler: z.string(),
    try: z.int().positive(),
    at: z.int().nonnegative(),
    answers: z.string(),
    passed: z.boolean(),
  }),
  /** Signatures of a majority, whoever collected them. */
  z.object({ type: z.literal('admitted'), labeler: z.string(), signatures: z.array(signature) }),
])
export type QuizEntry = z.output<typeof quizEntry>
export type Try = Extract<QuizEntry, { type: 'try' }>

/** After the first try that was not enough, seconds; twice as long after each further one. */
export const FIRST_WAIT = 600
const LONGEST_WAIT = 24 * 3_600

/** Tries that are graded in an hour, ledger time: of one challenge, so that new accounts guess no faster than this. */
export const MOST_AN_HOUR = 600
const HOUR = 3_600

export type Tries = {
  note(entry: QuizEntry): void
  /** The last one that was graded here. */
  last(labeler: string): Try | undefined
  passed(labeler: string): boolean
  admitted(labeler: string): readonly LeaseSignature[] | undefined
  /** Until when a labeler waits, ledger time; 0 for nothing. */
  waits(labeler: string, now: number): number
  /** Whether as many were graded in the last hour as may be. */
  full(now: number): boolean
}

export function createTries(entries: readonly QuizEntry[]): Tries {
  const last = new Map<string, Try>()
  const admitted = new Map<string, readonly LeaseSignature[]>()
  let recent: number[] = []

  function note(entry: QuizEntry): void {
    if (entry.type === 'admitted') {
      admitted.set(entry.labeler, entry.signatures)
      return
    }
    recent.push(entry.at)
    const before = last.get(entry.labeler)
    if (before?.passed) return
    if (before === undefined || entry.try > before.try) last.set(entry.labeler, entry)
  }
  for (const entry of entries) note(entry)

  return {
    note,
    last: (labeler) => last.get(labeler),
    passed: (labeler) => last.get(labeler)?.passed === true,
    admitted: (labeler) => admitted.get(labeler),
    waits(labeler, now) {
      const before = last.get(labeler)
      if (before === undefined || before.passed) return 0
      const until = before.at + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (before.try - 1))
      return now < until ? until : 0
    },
    full(now) {
      recent = recent.filter((at) => at > now - HOUR)
      return recent.length >= MOST_AN_HOUR
    },
  }
}
