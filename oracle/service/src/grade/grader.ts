/** Grading as the rest of the service sees it: papers and bytes in, an outcome out; the work is done in processes of its own. */
import { OracleError } from '../errors.ts'
import type { Paper } from '../paper/paper.ts'
import type { Entry } from '../queue/tray.ts'
import type { Answer, Job, Outcome, Sheet, TrialResult } from './jobs.ts'
import { createPool } from './pool.ts'

export type { TrialResult } from './jobs.ts'

/** What of an entry decides how it is graded. */
export type Named = Pick<Entry, 'challenge' | 'solver' | 'attempt' | 'units'>

/** All reject with OracleError; running out of memory or time is retryable and never a verdict. */
export type Grader = {
  grade(entry: Named, paper: Paper, csv: Uint8Array): Promise<Outcome>
  /** Resolves to a refusal when the challenge itself cannot be graded. */
  trial(
    paper: Paper,
    baseline?: Uint8Array,
  ): Promise<TrialResult | 'batches' | { unusable: { code: string; message: string } }>
  close(): void
}

export type GraderOptions = Readonly<{ workers: number; memoryMb: number; seconds: number }>

export function createGrader({ workers, memoryMb, seconds }: GraderOptions): Grader {
  const script = new URL('./worker.ts', import.meta.url)
  const pool = createPool<Job, Answer>({ script, size: workers, memoryMb, seconds })
  return {
    async grade({ challenge, solver, attempt, units }, paper, csv) {
      // The truth travels only to a process that does not have it yet.
      const job = {
        kind: 'grade' as const,
        key: `${challenge}/${paper.manifestCid}`,
        csv,
        batch: { challenge, labeler: solver, attempt, units },
      }
      const first = await pool.run(job)
      const answer = first.kind === 'sheet_needed' ? await pool.run({ ...job, sheet: sheetOf(paper) }) : first
      if (answer.kind === 'outcome') return answer.outcome
      const message = answer.kind === 'unusable' ? answer.message : 'The grading engine gave no outcome.'
      throw new OracleError('worker_failed', message)
    },
    async trial(paper, baseline) {
      const job = { kind: 'trial' as const, sheet: sheetOf(paper), ...(baseline && { baseline }) }
      const answer = await pool.run(job)
      if (answer.kind === 'trial') return answer
      if (answer.kind === 'batches') return answer.kind
      if (answer.kind === 'unusable') return { unusable: { code: answer.code, message: answer.message } }
      throw new OracleError('worker_failed', 'The grading engine gave no outcome.')
    },
    close: () => pool.close(),
  }
}

function sheetOf({ manifest, truth, ranked, labeling }: Paper): Sheet {
  return { source: manifest, truth: truth.csv, salt: truth.salt, ranked, labeling }
}
