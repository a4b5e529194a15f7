/** The grading process: takes jobs from its parent, one at a time, and ends with it. */
import { MachineMemoryError } from '@stellartrain/oracle-grade'
import { createJobRunner } from './job-runner.ts'
import type { Job } from './jobs.ts'

const answer = createJobRunner()

process.on('message', async ({ job }: { job: Job }) => {
  try {
    process.send?.({ answer: await answer(job) })
  } catch (error) {
    // Whatever else it says may quote what was graded.
    const failure = error instanceof MachineMemoryError ? error.message : 'The grading engine failed.'
    process.send?.({ failure })
  }
})
