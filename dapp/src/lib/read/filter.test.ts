import { expect, it } from 'vitest'
import { filterFromSearch } from './filter.ts'

const of = (text: string) => filterFromSearch(new URLSearchParams(text))
const contract = `C${'A'.repeat(55)}`

it('reads the filter from the address and names what the list does not have', () => {
  expect(of(`phase=open&sort=prize&q=penguins&asset=${contract}`)).toEqual({
    filter: { limit: 30, phase: 'open', sort: 'prize', q: 'penguins', asset: contract },
    unknown: [],
  })
  expect(of('asset=x&phase=bogus')).toEqual({ filter: { limit: 30 }, unknown: ['phase', 'asset'] })
  expect(of('')).toEqual({ filter: { limit: 30 }, unknown: [] })
})
