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
/** Bytes of all files that are kept for a way back, so that a phone's memory does not fill with a batch of photographs. */
const KEPT_BYTES = 64 * 1024 * 1024

export class MediaError extends Error {
  readonly code = 'bad_media'
  readonly retryable = false
}

export type ReadMedia = (cid: string, maxBytes: number) => Promise<Uint8Array<ArrayBuffer>>

export type MediaStore = {
  hosts: Hosts
  /** @throws ContentError, MediaError */
  get(cell: string, kind: MediaKind): Promise<Media>
  /**
   * Loads what is on screen and what comes next; what fails is told where it is shown. Of everything else, what was loaded first is
   * let go once all of it together is large; asked for again, it is read again.
   */
  ahead(cells: readonly { cell: string; kind: MediaKind }[]): void
  /** Gives the memory back. */
  close(): void
}

/** What was made of a file that IPFS has; nothing before it is read, and nothing of an address elsewhere. */
type Made = { url?: string; bytes: number }
type Known = { media: Promise<Media>; made: Made }

export function createMediaStore(read: ReadMedia, hosts: Hosts = createHosts()): MediaStore {
  /** In the order in which they were asked for. */
  const known = new Map<string, Known>()
  let closed = false

  async function load(cell: string, kind: MediaKind, made: Made): Promise<Media> {
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
    if (closed) URL.revokeObjectURL(url)
    else Object.assign(made, { url, bytes: bytes.length })
    return { url }
  }

  function get(cell: string, kind: MediaKind): Promise<Media> {
    const name = nameOf(cell, kind)
    const before = known.get(name)
    if (before) return before.media
    const made: Made = { bytes: 0 }
    const media = load(cell, kind, made)
    known.set(name, { media, made })
    // Asked again, it is tried again.
    media.catch(() => known.delete(name))
    return media
  }

  function letGo(name: string, { made: { url } }: Known): void {
    if (url !== undefined) URL.revokeObjectURL(url)
    known.delete(name)
  }

  /** Of what is not needed now, the first until the rest is small enough. */
  function keepOnly(needed: ReadonlySet<string>): void {
    const others = [...known].filter(([name, { made }]) => made.url !== undefined && !needed.has(name))
    let kept = others.reduce((sum, [, { made }]) => sum + made.bytes, 0)
    for (const [name, one] of others) {
      if (kept <= KEPT_BYTES) return
      kept -= one.made.bytes
      letGo(name, one)
    }
  }

  return {
    ...{ hosts, get },
    ahead(cells) {
      keepOnly(new Set(cells.map(({ cell, kind }) => nameOf(cell, kind))))
      for (const { cell, kind } of cells)
        get(cell, kind)
          .then(({ url, host }) => (kind === 'image' && (!host || hosts.agreed(host)) ? decoded(url) : undefined))
          .catch(() => {})
    },
    close() {
      closed = true
      for (const [name, one] of known) letGo(name, one)
    },
  }
}

const nameOf = (cell: string, kind: MediaKind) => `${kind} ${cell}`

/** Read and decoded, so that it is on screen at once. */
async function decoded(url: string): Promise<void> {
  const image = new Image()
  image.referrerPolicy = 'no-referrer'
  image.src = url
  await image.decode?.()
}
