/** Files of private items: what opens them, and that nothing else does. */
import { expect, test } from 'vitest'
import { itemLink } from './item-link.ts'
import { MEDIA_KEY, openMedia, sealMedia } from './sealed-media.ts'

const bytes = new TextEncoder().encode('a picture of a face')
const CID = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'

test('a file is opened by its own key, and shows nothing of itself without', async () => {
  const [one, two] = [await sealMedia(bytes), await sealMedia(bytes)]
  expect(await openMedia(one.sealed, one.key)).toEqual(bytes)
  expect([one.key === two.key, new TextDecoder('latin1').decode(one.sealed).includes('face')]).toEqual([false, false])
  await expect(openMedia(one.sealed, two.key)).rejects.toMatchObject({ code: 'not_sealed' })
  for (const at of [0, 18, 20, one.sealed.length - 1]) {
    const changed = one.sealed.slice()
    changed[at]! ^= 1
    await expect(openMedia(changed, one.key)).rejects.toMatchObject({ code: 'not_sealed' })
  }
  await expect(openMedia(bytes, one.key)).rejects.toMatchObject({ code: 'not_sealed' })
  await expect(openMedia(one.sealed, `${one.key}=`)).rejects.toMatchObject({ code: 'not_sealed' })
})

test('a cell names a sealed file by its CID and key, and by nothing else', async () => {
  const { key } = await sealMedia(bytes)
  expect(key).toMatch(MEDIA_KEY)
  expect(itemLink(`ipfs://${CID}#key=${key}`)).toEqual({ cid: CID, key })
  expect(itemLink(`ipfs://${CID}`)).toEqual({ cid: CID })
  for (const bad of [`${CID}#key=${key}`, `ipfs://${CID}#key=`, `ipfs://${CID}#key=${key}x`, `ipfs://${CID}#${key}`])
    expect(() => itemLink(bad), bad).toThrow('links to nothing')
})
