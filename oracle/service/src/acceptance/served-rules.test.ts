/** Nobody labels for a rate that cannot be paid: it is looked at before a challenge is accepted. */
import { expect, test } from 'vitest'
import { refuseRate } from './served-rules.ts'

test('a rate is more than nothing in the units of the token', () => {
  for (const rate of ['0.2', '0.0000001', '12', '0.20000000000', '99999999999999999999'])
    expect(refuseRate(rate, 7), rate).toBeUndefined()
  for (const rate of ['0', '0.0', '00000000000000000000.000000000000000000'])
    expect(refuseRate(rate, 7), rate).toMatchObject({
      code: 'rate_unusable',
      message: expect.stringContaining('nothing'),
    })
  expect(refuseRate('0.00000001', 7)).toMatchObject({
    code: 'rate_unusable',
    message: expect.stringContaining('more than 7 decimal places'),
  })
  expect(refuseRate('0.5', 0)?.code).toBe('rate_unusable')
})
