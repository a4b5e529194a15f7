/**
 * Images and audio of items. What IPFS has is checked against its CID and shown only as a picture or a sound of a known kind, from a
 * `blob:` address; an address elsewhere is left to the browser, as an image or a sound and never as a document, and only once the
 * labeler has agreed to its host. The next ones are loaded before they are asked for.
 */
import { itemLink } from '@stellartrain/ipfs-content/labeling'
import { createHosts, type Hosts } from './hosts.ts'
import { mediaTypeOf } from './media-type.ts'

export type Media = { url: string /** Another site that learns of the reader's address. */; host?: string }
export type MediaKind = 'image' | 'audio'

/** Bytes of one file. */
const MOST_BYTES = 25 * 1024 * 1024

export class MediaError extends Error {
  readonly code = 'bad_media'
  readonly retryable = false
}

export type ReadMedia = (cid: string, maxBytes: number) => Promise<Uint8Array<ArrayBuffer>>

export type MediaStore = {
  hosts: Hosts
  /** @throws ContentError, MediaError */
  get(cell: string, kind: MediaKind): Promise<Media>
  /** Loads what comes next; what fails is told where it is shown. */
  ahead(cells: readonly { cell: string; kind: MediaKind }[]): void
  /** Gives the memory back. */
  close(): void
}

export function createMediaStore(read: ReadMedia, hosts: Hosts = createHosts()): MediaStore {
  const known = new Map<string, Promise<Media>>()
  const urls: string[] = []

  async function load(cell: string, kind: MediaKind): Promise<Media> {
    const link = itemLink(cell)
    if ('url' in link) return { url: link.url, host: new URL(link.url).host }
    const file = await read(link.cid, MOST_BYTES)
    const bytes =
      link.key === undefined
        ? file
        : await (await import('@stellartrain/ipfs-content/sealed-media')).openMedia(file, link.key)
    const found = mediaTypeOf(bytes)
    if (found.kind !== kind) throw new MediaError(`The file is ${found.words}: it is not shown as ${kind}.`)
    const url = URL.createObjectURL(new Blob([bytes], { type: found.type }))
    urls.push(url)
    return { url }
  }

  function get(cell: string, kind: MediaKind): Promise<Media> {
    const name = `${kind} ${cell}`
    const before = known.get(name)
    if (before) return before
    const loading = load(cell, kind)
    known.set(name, loading)
    // Asked again, it is tried again.
    loading.catch(() => known.delete(name))
    return loading
  }

  return {
    ...{ hosts, get },
    ahead(cells) {
      for (const { cell, kind } of cells)
        get(cell, kind)
          .then(({ url, host }) => (kind === 'image' && (!host || hosts.agreed(host)) ? decoded(url) : undefined))
          .catch(() => {})
    },
    close() {
      for (const url of urls.splice(0)) URL.revokeObjectURL(url)
      known.clear()
    },
  }
}

/** Read and decoded, so that it is on screen at once. */
async function decoded(url: string): Promise<void> {
  const image = new Image()
  image.referrerPolicy = 'no-referrer'
  image.src = url
  await image.decode?.()
}
