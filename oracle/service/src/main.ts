/** The oracle as a process. */
import { runService } from '@stellartrain/service'
import { OPTIONS } from './config.ts'

await runService({
  name: 'stellartrain-oracle',
  about: 'The StellarTrain oracle: grades sealed submissions and posts the verdicts that pay them.',
  options: OPTIONS,
  async start(config, log) {
    const { startOracle } = await import('./oracle.ts')
    return startOracle({ ...config, log })
  },
})
