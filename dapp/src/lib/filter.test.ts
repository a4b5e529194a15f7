import { expect, it } from 'vitest'
import { filterFromSearch } from './filter.ts'

const of = (text: string) => filterFromSearch(new URLSearchParams(text))
const contract = `C${'A'.repeat(55)}`

it('reads the filter from the address and names what the list does not have', () => {
  expect(of(`state=open&sort=prize&q=penguins&asset=${contract}`)).toEqual({
    filter: { limit: 30, state: 'open', sort: 'prize', q: 'penguins', asset: contract },
    unknown: [],
  })
  expect(of('asset=x&state=bogus')).toEqual({ filter: { limit: 30 }, unknown: ['state', 'asset'] })
  expect(of('')).toEqual({ filter: { limit: 30 }, unknown: [] })
})
