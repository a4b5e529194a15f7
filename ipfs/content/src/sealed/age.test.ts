/** age keys and files: equal to what age's author's implementation makes, and errors that tell the cases apart. */
import { describe, expect, it } from 'vitest'
import { concat, text, utf8 } from '../encoding/bytes.ts'
import { fromBase64, golden, seedBytes } from '../testing/golden.ts'
import {
  ageDecrypt,
  ageDecryptWithFileKey,
  ageEncrypt,
  ageFileKey,
  deriveAgeKey,
  generateAgeKey,
  keyFromRecipient,
  recipientFromKey,
} from './age.ts'

const secret = utf8('labels')

describe('keys', () => {
  it.each(golden.keys.versions)(
    'version $version derives to the same key as in Go',
    async ({ version, identity, recipient }) => {
      const { passphrase, contract } = golden
      const key = await deriveAgeKey({ seed: seedBytes, networkPassphrase: passphrase, contract, version })
      expect(key).toMatchObject({ identity, recipient })
      expect(recipientFromKey(key.key)).toBe(recipient)
      expect(keyFromRecipient(recipient)).toEqual(key.key)
    },
  )

  it.each(['', 'age1', 'age1pq1qqqq', golden.keys.versions[0]!.identity])(
    'refuses %j as a recipient',
    async (recipient) => {
      await expect(ageEncrypt(secret, [recipient])).rejects.toMatchObject({ code: 'bad_key' })
    },
  )

  it('refuses a registered key that is no point to encrypt to', async () => {
    await expect(ageEncrypt(secret, [recipientFromKey(new Uint8Array(32))])).rejects.toMatchObject({ code: 'bad_key' })
  })
})

describe('files', () => {
  it('opens a file of the Go implementation with either of its two keys', async () => {
    for (const { identity } of golden.keys.versions) {
      const plain = await ageDecrypt(fromBase64(golden.submission.sealed), [identity])
      expect(text(plain)).toContain(golden.csv)
    }
  })

  it('says whether a file is for somebody else or damaged', async () => {
    const [mine, other] = [await generateAgeKey(), await generateAgeKey()]
    const file = await ageEncrypt(secret, [mine.recipient])
    await expect(ageDecrypt(file, [other.identity])).rejects.toMatchObject({ code: 'not_a_recipient' })
    const damaged = file.slice()
    damaged[damaged.length - 1]! ^= 1
    await expect(ageDecrypt(damaged, [mine.identity])).rejects.toMatchObject({ code: 'not_sealed' })
    await expect(ageDecrypt(file.subarray(0, 90), [mine.identity])).rejects.toMatchObject({ code: 'not_sealed' })
  })

  it('opens with its own file key alone, and with no other key', async () => {
    const { identity, recipient } = await generateAgeKey()
    const [file, other] = [await ageEncrypt(secret, [recipient]), await ageEncrypt(secret, [recipient])]
    const fileKey = await ageFileKey(file, [identity])
    expect(await ageDecryptWithFileKey(file, fileKey)).toEqual(secret)
    await expect(ageDecryptWithFileKey(other, fileKey)).rejects.toMatchObject({ code: 'not_a_recipient' })
    await expect(ageDecryptWithFileKey(file, fileKey.slice(2))).rejects.toMatchObject({ code: 'bad_key' })
    const damaged = file.slice()
    damaged[damaged.length - 1]! ^= 1
    await expect(ageDecryptWithFileKey(damaged, fileKey)).rejects.toMatchObject({ code: 'not_sealed' })
    const { identity: stranger } = await generateAgeKey()
    await expect(ageFileKey(file, [stranger])).rejects.toMatchObject({ code: 'not_a_recipient' })
  })

  it('does no work for a header without end', async () => {
    const { identity } = await generateAgeKey()
    const stanza = utf8(`-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(43)}\n`)
    const file = concat([utf8('age-encryption.org/v1\n'), ...Array<typeof stanza>(100).fill(stanza), utf8('--- x\n')])
    await expect(ageDecrypt(file, [identity])).rejects.toMatchObject({
      code: 'not_sealed',
      message: expect.stringContaining('too long'),
    })
  })

  it('never repeats plaintext or a key in an error', async () => {
    const { identity } = golden.keys.versions[0]!
    const error = await ageDecrypt(utf8('labels,of,the,truth'), [identity]).catch((e: Error) => e)
    expect(JSON.stringify(error, ['message', 'stack', 'cause'])).not.toMatch(/labels,of|AGE-SECRET/)
  })
})
