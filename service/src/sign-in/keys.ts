/** The service's two keys, both derived from one secret: the SEP-10 server account and the key that signs tokens. */
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import { secretHex } from '../config/parsers.ts'
import { keptSecret } from '../config/secret-file.ts'

export type Keys = { server: Keypair; tokenPrivate: KeyObject; tokenPublic: KeyObject }

/** What stands before the 32 secret bytes in a PKCS #8 file of an ed25519 key. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The same secret gives the same keys, so tokens survive a restart.
 * @param service its name: services that are given the same secret have other keys all the same
 * @param secretKey 32 bytes in hexadecimal @throws InvalidValue for another shape: its keys could be guessed from the public one
 */
export function deriveKeys(secretKey: string, service: string): Keys {
  const secret = secretHex(secretKey)
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `stellartrain/${service}/${purpose}`, 32))
  const der = Buffer.concat([PKCS8_ED25519, derive('token')])
  const tokenPrivate = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return {
    server: Keypair.fromRawEd25519Seed(derive('sep10')),
    tokenPrivate,
    tokenPublic: createPublicKey(tokenPrivate),
  }
}

/** For a service without SECRET_KEY: a random one, made at the first start. @throws SecretDamaged */
export function keptSecretKey(home: string): Promise<string> {
  return keptSecret({ file: join(home, 'secret'), parse: secretHex, make: () => randomBytes(32).toString('hex') })
}
