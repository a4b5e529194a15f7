/** How large an answer may be, by what was asked: the oracle holds one whole before it reads it, and its process may be a stranger's. */
import type { Job } from './jobs.ts'

const MIB = 1024 ** 2
/** Scores, hashes, reasons and counts. */
const FACTS = MIB
/** A list of questions or pairs, of which documents hold a mebibyte at most. */
const LIST = 8 * MIB
/** What a file of short cells becomes: each as a value has a head, a number eight bytes. */
const AS_VALUES = 8
const MOST = 256 * MIB

/** Bytes. @param labeled batches of labels, of which each answer names the ids */
export function mostAnswerBytes(job: Job, labeled = false): number {
  switch (job.kind) {
    case 'trial':
      return FACTS
    case 'grade':
      return labeled ? values(job.file.maxBytes) : FACTS
    case 'work':
    case 'ids':
      return values(job.file.maxBytes)
    case 'quiz':
    case 'alike':
      return LIST
    case 'open':
      return FACTS + job.file.maxBytes
    case 'truth':
      return FACTS + job.file.sealed.length
    case 'form':
      return values(job.truth.length)
    case 'pool':
      return values(job.inputs.labeling?.items.length ?? 0)
  }
}

const values = (bytes: number) => Math.min(MOST, FACTS + AS_VALUES * bytes)
