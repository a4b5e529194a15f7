/** The IPFS service as a process. */
import './threads.ts'
import { runService } from '@stellartrain/service'
import { OPTIONS } from './config.ts'

await runService({
  name: 'stellartrain-ipfs',
  about:
    'The StellarTrain IPFS service: uploads by signed-in accounts, submissions that the ledger names, a gateway, and pins.',
  options: OPTIONS,
  async start({ secretKey, kuboUrl, rpcUrl, contract, reserveBytes, ...options }, log) {
    const { startIpfs } = await import('./start.ts')
    return startIpfs({
      ...options,
      ...(secretKey !== undefined && { secretKey }),
      ...(kuboUrl !== undefined && { kuboUrl }),
      ...(reserveBytes !== undefined && { reserveBytes }),
      ...(rpcUrl !== undefined && { rpcUrl }),
      ...(contract !== undefined && { contract }),
      log,
    })
  },
})
