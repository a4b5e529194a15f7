import { expect, it } from 'vitest'
import { oracleCommands } from './command.ts'

const place = {
  passphrase: 'P ; 1',
  rpcUrl: 'http://localhost:8000/rpc',
  contract: 'CA',
  ipfsUrl: 'http://localhost:8080',
}

it('names the network of the page, and on a local one neither folder nor port of the oracle that runs there', () => {
  const local = oracleCommands({ ...place, network: 'local' })
  expect(local).toContain('--network local')
  expect(local).toContain('ORACLE_HOME=.stellartrain/oracle-2\n')
  expect(local).toMatch(/--url http:\/\/localhost:(?!4100\b)\d+ /)
  const other = oracleCommands({ ...place, network: 'mine' })
  expect(other).toContain("--passphrase 'P ; 1'")
  for (const commands of [local, other]) {
    expect(commands).toContain('--rpc http://localhost:8000/rpc --contract CA')
    expect(commands.trim()).toMatch(/\nnpx stellartrain-oracle run$/)
  }
})
