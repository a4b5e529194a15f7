/** The grading process: takes jobs from its parent, one at a time, and ends with it. */
import { MachineMemoryError } from '@stellartrain/oracle-grade'
import { hearParent } from './channel.ts'
import { createJobRunner } from './job-runner.ts'
import type { Job } from './jobs.ts'

const answer = createJobRunner()

const send = hearParent(async ({ number, job }: { number: number; job: Job }) => {
  try {
    send({ number, answer: await answer(job) })
  } catch (error) {
    // Whatever else it says may quote what was graded.
    const failure = error instanceof MachineMemoryError ? error.message : 'The grading engine failed.'
    send({ number, failure })
  }
})
