/** Small JSON records in the store's LevelDB, beside the pins. */
import type { LevelDatastore } from 'datastore-level'

export type Records = {
  get<T>(key: string): Promise<T | undefined>
  put(key: string, value: unknown): Promise<void>
  del(key: string): Promise<void>
  /** In the order of the keys; each key without the prefix. */
  entries<T>(prefix: string): AsyncGenerator<[key: string, value: T]>
}

const decoder = new TextDecoder()
const encoder = new TextEncoder()

export function createRecords(db: LevelDatastore['db']): Records {
  const read = <T>(value: Uint8Array) => JSON.parse(decoder.decode(value)) as T
  return {
    async get<T>(key: string) {
      const value = await db.get(key)
      return value === undefined ? undefined : read<T>(value)
    },
    put: (key, value) => db.put(key, encoder.encode(JSON.stringify(value))),
    del: (key) => db.del(key),
    async *entries<T>(prefix: string) {
      for await (const [key, value] of db.iterator({ gte: prefix, lt: `${prefix}\xff` }))
        yield [key.slice(prefix.length), read<T>(value)] as [string, T]
    },
  }
}
