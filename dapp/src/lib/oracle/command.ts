/** The commands that start an oracle for the network of this page. Pure. */
import type { Config } from '../site/config.ts'

type Place = Pick<Config, 'network' | 'passphrase' | 'rpcUrl' | 'contract' | 'ipfsUrl'>

/** On the local network, beside the oracle of `npm start`: in a folder and at a port of its own. */
export function oracleCommands({ network, passphrase, rpcUrl, contract, ipfsUrl }: Place): string {
  const at = `--rpc ${rpcUrl} --contract ${contract}`
  return network === 'local'
    ? `export ORACLE_HOME=.stellartrain/oracle-2
npx stellartrain-oracle init --network local \\
  ${at} \\
  --ipfs ${ipfsUrl} --url http://localhost:4200 --name 'Second oracle'
npx stellartrain-oracle run`
    : `npx stellartrain-oracle init --passphrase '${passphrase}' \\
  ${at} \\
  --ipfs ${ipfsUrl} --url https://oracle.example --name 'Example Labs'
npx stellartrain-oracle run`
}
