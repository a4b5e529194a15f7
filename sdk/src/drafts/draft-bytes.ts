/** Where sealed files wait until they were handed out. They are ciphertexts, up to some tens of megabytes. */
import { type DraftKey, draftName } from './draft-name.ts'

export type DraftFiles = {
  keep(key: DraftKey, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  read(key: DraftKey): Promise<Uint8Array<ArrayBuffer> | undefined>
  drop(key: DraftKey): Promise<void>
}

export function memoryFiles(): DraftFiles {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  return {
    keep: async (key, bytes) => void files.set(draftName(key), bytes),
    read: async (key) => files.get(draftName(key)),
    drop: async (key) => void files.delete(draftName(key)),
  }
}

/** In a browser's Cache Storage, which has room for them; `localStorage` has not. */
export function cacheFiles(caches: Caches, name = 'stellartrain-drafts'): DraftFiles {
  const url = (key: DraftKey) => `/${name}/${draftName(key)}`
  return {
    async keep(key, bytes) {
      await (await caches.open(name)).put(url(key), new Response(bytes))
    },
    async read(key) {
      const found = await (await caches.open(name)).match(url(key))
      return found && new Uint8Array(await found.arrayBuffer())
    },
    async drop(key) {
      await (await caches.open(name)).delete(url(key))
    },
  }
}

/** What is used of the browser's `caches`. */
type Caches = {
  open(name: string): Promise<{
    put(url: string, response: Response): Promise<void>
    match(url: string): Promise<Response | undefined>
    delete(url: string): Promise<boolean>
  }>
}
