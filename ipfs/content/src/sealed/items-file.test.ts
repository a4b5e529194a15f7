/** Private items: for the oracles and the maker's key alone, and only in their maker's challenges. */
import { beforeAll, expect, it } from 'vitest'
import { text, utf8 } from '../encoding/bytes.ts'
import { golden, goldenPlace } from '../testing/golden.ts'
import { type AgeKey, generateAgeKey } from './age.ts'
import { openItemsFile, sealItemsFile } from './items-file.ts'

const place = { ...goldenPlace, maker: golden.solver }
const csv = utf8('id,text\na,A secret\n')
let keys: AgeKey[]
beforeAll(async () => {
  keys = await Promise.all(Array.from({ length: 3 }, generateAgeKey))
})
const seal = () => sealItemsFile({ csv, place, recipients: keys.slice(0, 2).map(({ recipient }) => recipient) })
const open = async (key: AgeKey, change: Partial<typeof place> = {}) => {
  const { sealed } = await seal()
  return text(await openItemsFile({ sealed, expected: { ...place, ...change }, identities: [key.identity] }))
}

it('opens for each key that it was sealed to, and for no other', async () => {
  for (const key of keys.slice(0, 2)) expect(await open(key)).toBe(text(csv))
  await expect(open(keys[2]!)).rejects.toMatchObject({ code: 'not_a_recipient' })
  expect(Buffer.from((await seal()).sealed).includes('A secret')).toBe(false)
})

it('whoever finds the file cannot have it opened in a challenge of its own', async () => {
  const { contract } = { contract: 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC' }
  await expect(
    open(keys[0]!, { maker: 'GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7' }),
  ).rejects.toMatchObject({
    code: 'other_maker',
  })
  await expect(open(keys[0]!, { contract })).rejects.toMatchObject({ code: 'other_contract' })
  await expect(open(keys[0]!, { network: '0'.repeat(64) })).rejects.toMatchObject({ code: 'other_network' })
})
