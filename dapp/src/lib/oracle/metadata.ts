/** What an oracle says of itself by the CID that it registered on the ledger: its name, website and a description. */
import { createAsync, query } from '@solidjs/router'
import type { OracleMetadata } from '@stellartrain/ipfs-content/oracle-metadata'

export type { OracleMetadata }

/** Undefined where it cannot be had, or is none. */
const getMetadata = query(async (cid: string): Promise<OracleMetadata | undefined> => {
  try {
    return await (await import('../content/content.ts')).readOracleMetadata(cid)
  } catch {
    return undefined
  }
}, 'oracle-metadata')

export function createOracleMetadata(cid: () => string): () => OracleMetadata | undefined {
  return createAsync(() => getMetadata(cid()))
}
