/** Keys of oracles whose registration is lost: the contract keeps every version, and when it was registered. */
import { type Chain, type OracleKey, type OracleRecord, storage } from '@stellartrain/contracts-client'
import { cidToString } from '@stellartrain/contracts-client/cid'
import type { ClientBase } from 'pg'
import type { OracleKeyRow } from '../project/model.ts'
import { upsert, writeInTurn } from '../store/bulk.ts'
import { lockProgress, transaction } from '../store/commit.ts'
import { ORACLE_KEYS } from '../store/tables.ts'
import { readAs } from './reads.ts'

/** Of all whom challenges name, and all who are known by a later registration. */
export async function mendOracles(client: ClientBase, chain: Chain, signal: AbortSignal): Promise<number> {
  const { rows } = await client.query(
    `select o.address, array(select version::float8 from oracle_keys k where k.oracle = o.address) as known
      from (select address from challenge_oracles union select oracle from oracle_keys) o`,
  )
  let mended = 0
  for (const { address, known } of rows as { address: string; known: number[] }[]) {
    signal.throwIfAborted()
    const key = storage.oracle(chain.network.contract, address)
    const record = await readAs<OracleRecord>(chain, key, 'oracle', { signal })
    if (!record || known.length >= record.versions) continue
    const missing: OracleKeyRow[] = []
    for (let version = 1; version <= record.versions; version++) {
      if (known.includes(version)) continue
      const at = storage.oracleKey(chain.network.contract, address, version)
      const found = await readAs<OracleKey>(chain, at, 'oracle_key', { signal })
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
