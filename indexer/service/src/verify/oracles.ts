/** Keys of oracles whose registration is lost: the contract keeps every version, and when it was registered. */
import { type OracleKey, type OracleRecord, storage } from '@stellartrain/contracts-client'
import { cidToString } from '@stellartrain/contracts-client/cid'
import type { OracleKeyRow } from '../project/model.ts'
import { upsert, writeInTurn } from '../store/bulk.ts'
import { lockProgress, transaction } from '../store/commit.ts'
import { ORACLE_KEYS } from '../store/tables.ts'
import { agreedEntry } from './agreement.ts'
import { readAs } from './reads.ts'
import type { RepairDeps } from './repair.ts'

/** Of all whom challenges name, and all who are known by a later registration. What one of several RPCs says alone is not taken. */
export async function mendOracles(deps: Pick<RepairDeps, 'client' | 'chain' | 'rpcs' | 'signal'>): Promise<number> {
  const { client, chain, signal } = deps
  const { contract } = chain.network
  const { rows } = await client.query(
    `select o.address, array(select version::float8 from oracle_keys k where k.oracle = o.address) as known
      from (select address from challenge_oracles union select oracle from oracle_keys) o`,
  )
  let mended = 0
  for (const { address, known } of rows as { address: string; known: number[] }[]) {
    signal.throwIfAborted()
    const hasMore = (record: OracleRecord | undefined) => record !== undefined && known.length < record.versions
    const key = storage.oracle(contract, address)
    if (!hasMore(await readAs<OracleRecord>(chain, key, 'oracle', { signal }))) continue
    const record = await agreedEntry<OracleRecord>(deps, key, 'oracle')
    if (!record || !hasMore(record)) continue
    const missing: OracleKeyRow[] = []
    for (let version = 1; version <= record.versions; version++) {
      if (known.includes(version)) continue
      const found = await agreedEntry<OracleKey>(deps, storage.oracleKey(contract, address, version), 'oracle_key')
      if (found)
        missing.push({
          ...{ oracle: address, version, key: Buffer.from(found.key).toString('hex'), tx: '' },
          url: String(found.url).replaceAll('\0', '\ufffd'),
          ...{ metadata: cidToString(found.metadata), at: Number(found.time) },
        })
    }
    await transaction(client, async () => {
      await lockProgress(client)
      const { rows: now } = await client.query('select version::float8 as version from oracle_keys where oracle = $1', [
        address,
      ])
      const taken = new Set((now as { version: number }[]).map(({ version }) => version))
      const fresh = missing.filter(({ version }) => !taken.has(version))
      await writeInTurn([upsert(client, ORACLE_KEYS, fresh)])
      mended += fresh.length
    })
  }
  return mended
}
