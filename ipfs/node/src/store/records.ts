/** Small JSON records in the store's LevelDB, beside the pins. */
import type { LevelDatastore } from 'datastore-level'

export type Records = {
  get<T>(key: string): Promise<T | undefined>
  /** In the order of the keys. */
  getAll<T>(keys: readonly string[]): Promise<(T | undefined)[]>
  put(key: string, value: unknown): Promise<void>
  /** All or none. */
  putAll(entries: readonly [key: string, value: unknown][]): Promise<void>
  del(key: string): Promise<void>
  /** In the order of the keys; each key without the prefix. */
  entries<T>(prefix: string): AsyncGenerator<[key: string, value: T]>
}

const decoder = new TextDecoder()
const encoder = new TextEncoder()

export function createRecords(db: LevelDatastore['db']): Records {
  const encode = (value: unknown) => encoder.encode(JSON.stringify(value))
  const read = <T>(value: Uint8Array) => JSON.parse(decoder.decode(value)) as T
  return {
    async get<T>(key: string) {
      const value = await db.get(key)
      return value === undefined ? undefined : read<T>(value)
    },
    async getAll<T>(keys: readonly string[]) {
      return (await db.getMany([...keys])).map((value) => (value === undefined ? undefined : read<T>(value)))
    },
    put: (key, value) => db.put(key, encode(value)),
    putAll: (entries) => db.batch(entries.map(([key, value]) => ({ type: 'put' as const, key, value: encode(value) }))),
    del: (key) => db.del(key),
    async *entries<T>(prefix: string) {
      for await (const [key, value] of db.iterator({ gte: prefix, lt: `${prefix}\xff` }))
        yield [key.slice(prefix.length), read<T>(value)] as [string, T]
    },
  }
}
