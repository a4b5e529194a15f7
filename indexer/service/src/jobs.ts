/** The commands that end by themselves: each compares or makes the tables again, and tells what it did in JSON lines on stdout. */
import { connect, networkName } from '@stellartrain/contracts-client'
import type { Config } from './config.ts'
import { createRpcs } from './source/rpcs.ts'
import { withClient } from './store/pool.ts'
import { checkOwner } from './sync/identity.ts'
import { rebuild } from './sync/rebuild.ts'
import { verify } from './verify/verify.ts'

const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)

const progress = (done: number, of: number) => {
  if (done % 100 === 0 || done === of) say({ event: 'progress', done, of })
}

export async function rebuildTables({ dbUrl }: Config): Promise<void> {
  say({ event: 'rebuilt', ...(await withClient(dbUrl, (client) => rebuild(client, { progress }))) })
}

/** Sets the exit code: 1 where something differs, or is marked as not to be believed. */
export async function verifyTables({ dbUrl, network, contract, rpcUrls }: Config): Promise<void> {
  const rpcs = createRpcs(rpcUrls, { network })
  const chain = connect({ name: networkName(network), passphrase: network, rpcUrl: rpcs.url, contract }, { rpc: rpcs })
  await withClient(dbUrl, async (client) => {
    await checkOwner(client, { network, contract })
    const archived: number[] = []
    const unread = (id: number) => void archived.push(id)
    const differences = await verify(client, chain, { progress, unread })
    for (const difference of differences) say({ event: 'difference', ...difference })
    const marked = (await client.query('select state, count(*)::int as n from incomplete group by state')).rows
    const count = (state: string) => marked.find((row) => row.state === state)?.n ?? 0
    const unknown = { recovered: count('recovered'), partial: count('partial') }
    say({ event: 'verified', differences: differences.length, ...unknown, archived: archived.length })
    process.exitCode = differences.length > 0 || unknown.partial > 0 ? 1 : 0
  })
}
