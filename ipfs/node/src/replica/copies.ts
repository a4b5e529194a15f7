/** What our copier brought to a replica: only that may be taken back there, for an operator's own pins are none of ours. */
import { createHash } from 'node:crypto'
import type { Records } from '../store/records.ts'

export type Copies = {
  add: (cid: string) => Promise<void>
  has: (cid: string) => Promise<boolean>
  drop: (cid: string) => Promise<void>
  all: () => AsyncGenerator<string>
}

/** @param url of the replica: what was brought to another one says nothing of this one */
export function copiesAt(url: string, records: Records): Copies {
  const prefix = `/copies/${createHash('sha256').update(url).digest('hex').slice(0, 16)}/`
  return {
    add: (cid) => records.put(prefix + cid, 1),
    has: async (cid) => (await records.get(prefix + cid)) !== undefined,
    drop: (cid) => records.del(prefix + cid),
    async *all() {
      for await (const [cid] of records.entries(prefix)) yield cid
    },
  }
}
