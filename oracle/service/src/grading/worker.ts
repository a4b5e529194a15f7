/** The grading process: takes jobs from its parent, one at a time, and ends with it. */
import { createJobRunner, type Job } from './jobs.ts'

const answer = createJobRunner()

process.on('message', async ({ job }: { job: Job }) => {
  try {
    process.send?.({ answer: await answer(job) })
  } catch {
    // Whatever it says may quote what was graded.
    process.send?.({ failure: 'The grading engine failed.' })
  }
})
