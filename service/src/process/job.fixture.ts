/** A job for the tests of the process: prints lines, and decides its exit code after them. */
import { setTimeout as pause } from 'node:timers/promises'
import { commonOptions, optional, runJob, text } from '../index.ts'

await runJob({
  name: 'fixture',
  about: 'A job for tests.',
  options: { ...commonOptions(0), code: optional('CODE', text, 'how it ends') },
  async run({ code }) {
    for (let line = 0; line < 50; line++) {
      process.stdout.write(`${line}\n`)
      await pause(1)
    }
    process.exitCode = Number(code)
  },
})
