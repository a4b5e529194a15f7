/** What a token is called and how many decimals it has: asked of the network once for each token. */
import { type Chain, readToken, type Token } from '@stellartrain/contracts-client'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../store/database.ts'
import { type Job, putOff, revise } from './queue.ts'

export type AssetOptions = { db: Kysely<Database>; chain: Chain; now: () => number; signal: AbortSignal }

/** A token that is nobody's asset contract names itself as it likes: its code is shortened, its issuer stays empty. */
export async function enrichAsset({ db, chain, now, signal }: AssetOptions, job: Job): Promise<void> {
  let token: Token
  try {
    token = await readToken(chain, job.key, { signal })
  } catch {
    if (!signal.aborted) await putOff(db, 'assets', job, Math.floor(now() / 1000))
    return
  }
  const code = token.code.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 12)
  const decimals = token.decimals >= 0 && token.decimals <= 38 ? Math.floor(token.decimals) : null
  await sql`update assets set state = 'known', code = ${code}, issuer = ${token.issuer}, decimals = ${decimals},
    native = ${token.asset?.isNative() ?? false} where contract = ${job.key}`.execute(db)
  await revise(db)
}
