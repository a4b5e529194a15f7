/** The rule of pay before a batch: it speaks of a deposit only where one is paid. */
import { expect, it } from 'vitest'
import type { Manifest } from '../../lib/content/manifest.ts'
import { bounty } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { PayRule } from './pay-facts.tsx'

const manifest = { labeling: { minAccuracy: 0.7, overlap: 3 } } as Manifest
const rule = (deposit: string) =>
  show(() => <PayRule challenge={{ ...bounty, deposit }} manifest={manifest} />).textContent

it('names the deposit of a rejected batch only where there is one', () => {
  expect(rule('10000000')).toContain('It pays the oracles’ fees out of your deposit before the rest is returned.')
  expect(rule('0')).toContain('you do not get the items of a rejected batch again.')
  expect(rule('0')).not.toContain('deposit')
})

it('says by earnings that one signs, trusts the oracles until an epoch, and can appeal', () => {
  const said = show(() => (
    <PayRule
      challenge={{ ...bounty, payout: { rule: 'earnings' } }}
      manifest={{ labeling: { ...manifest.labeling, epochSeconds: 600 } } as Manifest}
    />
  )).textContent
  expect(said).toContain('10 min from one epoch to the next')
  expect(said).toContain('You can appeal once')
  expect(said).not.toContain('final')
})
