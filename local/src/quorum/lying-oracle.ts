/** The oracle service as it is, except that it lies about what it graded. Only the quorum demo and its test start it. */
import { OPTIONS, startOracle } from '@stellartrain/oracle-service'
import { runService } from '@stellartrain/service'
import { lieAbout } from './lie.ts'

await runService({
  name: 'stellartrain-lying-oracle',
  about: 'An oracle that rejects good files and praises bad ones.',
  options: OPTIONS,
  start: (config, log, traces) =>
    startOracle({
      ...config,
      log,
      traces,
      grading: (honest) => ({ ...honest, grade: async (...work) => lieAbout(await honest.grade(...work)) }),
    }),
})
