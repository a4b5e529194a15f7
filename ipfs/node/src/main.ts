/** The IPFS service as a process. */
import './threads.ts'
import { runService } from '@stellartrain/service/process'
import { OPTIONS } from './config.ts'
import { VERSION } from './version.ts'

await runService({
  name: 'stellartrain-ipfs',
  about:
    'The StellarTrain IPFS service: uploads by signed-in accounts, submissions that the ledger names, a gateway, and pins.',
  options: OPTIONS,
  version: VERSION,
  async start({ secretKey, kuboUrl, rpcUrl, contract, reserveBytes, tracesUrl: _, ...options }, log, traces) {
    const { startIpfs } = await import('./start.ts')
    return startIpfs({
      ...options,
      ...(secretKey !== undefined && { secretKey }),
      ...(kuboUrl !== undefined && { kuboUrl }),
      ...(reserveBytes !== undefined && { reserveBytes }),
      ...(rpcUrl !== undefined && { rpcUrl }),
      ...(contract !== undefined && { contract }),
      log,
      traces,
    })
  },
})
