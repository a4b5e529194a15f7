/** The key to which the labels of a challenge are sealed, as a file: that of age, so that its own tools read it too. */
import { type AgeKey, secretFromIdentity } from '@stellartrain/ipfs-content/age'
import { UserError } from '../system/problems.ts'

export { generateAgeKey } from '@stellartrain/ipfs-content/age'

/** As `age-keygen` writes it. */
export const identityFile = ({ identity, recipient }: Pick<AgeKey, 'identity' | 'recipient'>, title: string): string =>
  `# Opens the labels of "${title.replace(/[\r\n]+/g, ' ')}". Without this file no one can read them.\n# public key: ${recipient}\n${identity}\n`

/** `AGE-SECRET-KEY-1…`, the first in a file. @throws UserError `bad_input` */
export function identityIn(bytes: Uint8Array): string {
  const lines = new TextDecoder().decode(bytes.subarray(0, 64 * 1024)).split(/\r?\n/)
  const identity = lines.map((one) => one.trim()).find((one) => one.startsWith('AGE-SECRET-KEY-'))
  try {
    secretFromIdentity(identity ?? '')
  } catch (cause) {
    throw new UserError('bad_input', 'This is not a file of an age key: it has no line AGE-SECRET-KEY-1….', { cause })
  }
  return identity!
}
