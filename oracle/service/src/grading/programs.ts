/**
 * Whose programs run while a file is graded. Files of data are read by this oracle's own code; an evaluator or a model is a stranger's, and
 * the process in which one ran may be its author's from then on. So it sees no file of another challenge, and where solvers bring the
 * programs, none of another solver.
 */
import { EVALUATOR, type TaskSource } from '@stellartrain/oracle-grade'

/** `owner`: whose process runs the job, and no other's. `once`: it runs nothing after it. */
export type Ownership = Readonly<{ owner?: string; once?: boolean }>

/** @param challenge names what the maker's own program may see the files of */
export function ownershipOf({ metric, submission }: TaskSource, challenge: string): Ownership {
  // Interpreters take seconds to start, and an evaluator can say what it likes of its own challenge anyway: it keeps its process.
  if (submission.model) return { owner: challenge, once: true }
  return metric.id === EVALUATOR ? { owner: challenge } : {}
}
