/**
 * Images and sounds of private items: sealed with a key of their own, which stands in the cell that links to them. The cells are sealed
 * with the items, so whoever is shown an item can show its file, and nobody else (docs/formats.md, 5, Private items).
 */
import { concat, utf8 } from '../encoding/bytes.ts'
import { ContentError } from '../errors.ts'

const MAGIC = concat([utf8('stellartrain/media'), Uint8Array.of(1)])
const NONCE = 12
const KEY = 32

/** 32 bytes in base64url without padding, as it stands behind `#key=`. */
export const MEDIA_KEY = /^[A-Za-z0-9_-]{43}$/

/** `stellartrain/media` ‖ 1 ‖ nonce ‖ AES-256-GCM of the file, under a key that is made for it. */
export async function sealMedia(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ sealed: Uint8Array<ArrayBuffer>; key: string }> {
  const secret = crypto.getRandomValues(new Uint8Array(KEY))
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  const algorithm = { name: 'AES-GCM', iv, additionalData: MAGIC }
  const sealed = await crypto.subtle.encrypt(algorithm, await keyOf(secret, 'encrypt'), bytes)
  return { sealed: concat([MAGIC, iv, new Uint8Array(sealed)]), key: toText(secret) }
}

/** @throws ContentError `not_sealed` for another file, or another key */
export async function openMedia(sealed: Uint8Array<ArrayBuffer>, key: string): Promise<Uint8Array<ArrayBuffer>> {
  const head = MAGIC.length
  if (!MEDIA_KEY.test(key) || sealed.length < head + NONCE || MAGIC.some((byte, at) => sealed[at] !== byte))
    throw new ContentError('not_sealed', 'The file is not one that was sealed with the items.')
  const algorithm = { name: 'AES-GCM', iv: sealed.slice(head, head + NONCE), additionalData: MAGIC }
  try {
    const opened = await crypto.subtle.decrypt(
      algorithm,
      await keyOf(fromText(key), 'decrypt'),
      sealed.slice(head + NONCE),
    )
    return new Uint8Array(opened)
  } catch (cause) {
    throw new ContentError('not_sealed', 'The file is sealed with another key than the item names.', { cause })
  }
}

const keyOf = (secret: Uint8Array<ArrayBuffer>, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', secret, 'AES-GCM', false, [use])

const toText = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
const fromText = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
