/** The oracle as a process. */
import { runService } from '@stellartrain/service'
import { OPTIONS } from './config.ts'
import { forgetKeyFile, hideKey } from './hide-key.ts'

hideKey()
process.on('exit', forgetKeyFile)
await runService({
  name: 'stellartrain-oracle',
  about: 'The StellarTrain oracle: grades sealed submissions and posts the verdicts that pay them.',
  options: OPTIONS,
  async start(config, log) {
    forgetKeyFile()
    const { startOracle } = await import('./oracle.ts')
    return startOracle({ ...config, log })
  },
})
