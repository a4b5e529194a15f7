/** The indexer as a process: what run.ts gives it, without the comparison with a contract, which the told history does not have. */
import { startIndexer } from '../../src/indexer.ts'
import { PASSPHRASE } from '../../src/testing/replay-server.ts'

const { DB_URL, RPC_URL, CONTRACT_ADDRESS } = process.env as Record<string, string>
await startIndexer({
  ...{ dbUrl: DB_URL!, rpcUrls: [RPC_URL!], network: PASSPHRASE, contract: CONTRACT_ADDRESS!, verify: false },
})
