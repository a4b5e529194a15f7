/** age encryption to oracles: recipients from on-chain keys, identities from an oracle's signing key. */
import { bech32 } from '@scure/base'
import { Decrypter, Encrypter, generateX25519Identity, type Identity, identityToRecipient } from 'age-encryption'
import { concat, fromHex, sha256, toHex, utf8 } from '../encoding/bytes.ts'
import { decodeAddress } from '../encoding/strkey.ts'
import { ContentError } from '../errors.ts'

/** Enough for forty recipients; bounds the work that a hostile header can ask for. */
const HEADER_MAX_BYTES = 4096
const MAGIC = utf8('age-encryption.org/v1\n')

/** `identity` is secret (`AGE-SECRET-KEY-1…`), `recipient` is `age1…`, `key` are its 32 bytes as registered on-chain. */
export type AgeKey = { identity: string; recipient: string; key: Uint8Array<ArrayBuffer> }

/** `age1…` of the 32 bytes registered on-chain. @throws ContentError `bad_key` */
export function recipientFromKey(key: Uint8Array): string {
  if (key.length !== 32) throw new ContentError('bad_key', 'An oracle key is 32 bytes of X25519.')
  return bech32.encodeFromBytes('age', key)
}

/** The reverse of `recipientFromKey`. @throws ContentError `bad_key` */
export function keyFromRecipient(recipient: string): Uint8Array<ArrayBuffer> {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(recipient)
    if (prefix === 'age' && bytes.length === 32) return new Uint8Array(bytes)
  } catch {}
  throw new ContentError('bad_key', 'Not an age X25519 recipient: expected age1 and 58 characters.')
}

/** A fresh random key, for tests and for tools outside the oracle. */
export async function generateAgeKey(): Promise<AgeKey> {
  return fromIdentity(await generateX25519Identity())
}

/** The key of 32 secret bytes. @throws ContentError `bad_key` */
export async function ageKeyFromSecret(secret: Uint8Array): Promise<AgeKey> {
  if (secret.length !== 32) throw new ContentError('bad_key', 'An age secret is 32 bytes.')
  return fromIdentity(bech32.encodeFromBytes('AGE-SECRET-KEY-', secret).toUpperCase())
}

/** The 32 private bytes of `AGE-SECRET-KEY-1…`. @throws ContentError `bad_key` */
export function secretFromIdentity(identity: string): Uint8Array<ArrayBuffer> {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(identity)
    if (prefix.toUpperCase() === 'AGE-SECRET-KEY-' && bytes.length === 32) return new Uint8Array(bytes)
  } catch {}
  throw new ContentError('bad_key', 'Not an age X25519 identity: expected AGE-SECRET-KEY-1 and 58 characters.')
}

/**
 * An oracle's key of one version, derived so that a lost disk loses nothing (docs/formats.md, 8).
 * `seed` is the 32-byte ed25519 seed of its signing key; `contract` is `C…`; `version` counts from 1.
 * @throws ContentError `bad_key`, `bad_address`
 */
export async function deriveAgeKey(options: {
  seed: Uint8Array
  networkPassphrase: string
  contract: string
  version: number
}): Promise<AgeKey> {
  const { seed, networkPassphrase, contract, version } = options
  if (seed.length !== 32) throw new ContentError('bad_key', 'The seed of a signing key is 32 bytes.')
  if (!Number.isInteger(version) || version < 1) throw new ContentError('bad_key', 'Key versions count from 1.')
  const salt = concat([await sha256(utf8(networkPassphrase)), decodeAddress(contract)])
  const material = await crypto.subtle.importKey('raw', new Uint8Array(seed), 'HKDF', false, ['deriveBits'])
  const info = utf8(`stellartrain/age/x25519/${version}`)
  const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, material, 256)
  return ageKeyFromSecret(new Uint8Array(bits))
}

/** Encrypts for each of `recipients` (`age1…`), any one of whom can open it. @throws ContentError `bad_key` */
export async function ageEncrypt(
  plaintext: Uint8Array,
  recipients: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  if (recipients.length === 0) throw new ContentError('bad_key', 'A file without recipients could never be opened.')
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    keyFromRecipient(recipient)
    encrypter.addRecipient(recipient)
  }
  try {
    return new Uint8Array(await encrypter.encrypt(plaintext))
  } catch (cause) {
    throw new ContentError('bad_key', 'One of the recipients is not a usable X25519 key.', { cause })
  }
}

/** The whole header of a file for one X25519 recipient, which has this one length. */
const ONE_RECIPIENT =
  /^age-encryption\.org\/v1\n-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n$/
const ONE_RECIPIENT_BYTES = 168

/** Whether the file's header has exactly one stanza, of type X25519. @throws ContentError `not_sealed`, `bad_recipients` */
export function requireOneRecipient(file: Uint8Array): void {
  if (ONE_RECIPIENT.test(String.fromCharCode(...file.subarray(0, ONE_RECIPIENT_BYTES)))) return
  if (!hasBoundedHeader(file)) throw noAgeFile()
  throw new ContentError('bad_recipients', 'The file is not sealed to exactly one X25519 key.')
}

/** Hex of the 16 bytes that one file is encrypted with: it opens this file and no other. The header's MAC commits to it. */
const FILE_KEY = /^[0-9a-f]{32}$/

/**
 * Opens a file with whichever of `identities` fits.
 * @throws ContentError `not_a_recipient` if none does, `not_sealed` if it is no age file or does not authenticate.
 */
export async function ageDecrypt(
  ciphertext: Uint8Array,
  identities: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  return opening(ciphertext, identities, (decrypter) => decrypter.decrypt(ciphertext))
}

/** The key of this one file, for publication; in hex. @throws ContentError as `ageDecrypt` */
export async function ageFileKey(ciphertext: Uint8Array, identities: readonly string[]): Promise<string> {
  return toHex(await opening(ciphertext, identities, (decrypter) => decrypter.decryptHeader(ciphertext)))
}

/**
 * Opens a file with its own key. Only one key fits a file, so that whoever opens it gets the same bytes.
 * @throws ContentError `bad_key`; `not_a_recipient` if the key is another file's; `not_sealed` as `ageDecrypt`.
 */
export async function ageDecryptWithFileKey(ciphertext: Uint8Array, fileKey: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!FILE_KEY.test(fileKey)) throw new ContentError('bad_key', 'The key of an age file is 16 bytes in hex.')
  const identity: Identity = { unwrapFileKey: () => fromHex(fileKey) }
  return opening(ciphertext, [identity], (decrypter) => decrypter.decrypt(ciphertext))
}

async function opening(
  ciphertext: Uint8Array,
  identities: readonly (string | Identity)[],
  open: (decrypter: Decrypter) => Promise<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!hasBoundedHeader(ciphertext)) throw noAgeFile()
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  const given = identities.some((identity) => typeof identity !== 'string')
  try {
    return new Uint8Array(await open(decrypter))
  } catch (cause) {
    // The library tells its errors apart by their text alone; tests hold it to these sentences.
    const said = cause instanceof Error ? cause.message : ''
    if (said.startsWith('no identity matched')) {
      throw new ContentError('not_a_recipient', 'The file is sealed for other recipients: none of these keys opens it.')
    }
    if (given && said === 'invalid header HMAC') {
      throw new ContentError('not_a_recipient', 'The file key belongs to another file: it does not open this one.')
    }
    throw new ContentError('not_sealed', 'The file is damaged or no age file: it does not authenticate.')
  }
}

async function fromIdentity(identity: string): Promise<AgeKey> {
  const recipient = await identityToRecipient(identity)
  return { identity, recipient, key: keyFromRecipient(recipient) }
}

const noAgeFile = () => new ContentError('not_sealed', 'Not an age file, or its header is too long.')

/** A header ends with a line that begins with `---`. */
function hasBoundedHeader(file: Uint8Array): boolean {
  if (MAGIC.some((byte, index) => file[index] !== byte)) return false
  const head = file.subarray(0, HEADER_MAX_BYTES)
  for (let at = head.indexOf(0x0a); at >= 0; at = head.indexOf(0x0a, at + 1)) {
    if (head[at + 1] === 0x2d && head[at + 2] === 0x2d && head[at + 3] === 0x2d) return true
  }
  return false
}
