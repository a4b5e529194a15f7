/** The lease of a batch on the page: counted down, renewed while somebody works, and without asking a wallet in the middle of it. */
import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { createLeaseClock, type LeaseClock } from './lease.ts'

const START = Date.parse('2030-01-01T00:00:00Z')
const MINUTE = 60_000

beforeEach(() => void vi.useFakeTimers({ now: START }))
afterEach(() => void vi.useRealTimers())

type Renew = Parameters<typeof createLeaseClock>[0]['renew']

function clock(seconds: number | undefined, renew: Renew) {
  const [step, setStep] = createSignal(0)
  let lease!: LeaseClock
  const end = createRoot((dispose) => {
    const expires = seconds === undefined ? undefined : START / 1_000 + seconds
    lease = createLeaseClock({ expires, renew, step })
    return dispose
  })
  onTestFinished(end)
  return {
    lease,
    /** Somebody answers an item so many minutes later. */
    async work(minutes: number) {
      await vi.advanceTimersByTimeAsync(minutes * MINUTE)
      setStep((count) => count + 1)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}
const later = (seconds: number) => vi.fn<Renew>(async () => START / 1_000 + seconds)

it('is renewed once little of it is left, and only while somebody works', async () => {
  const renew = later(3_600)
  const { lease, work } = clock(1_200, renew)
  await work(5)
  expect(renew).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(10 * MINUTE)
  expect(renew, 'nobody works').not.toHaveBeenCalled()
  await work(0)
  expect(renew).toHaveBeenCalledTimes(1)
  expect(lease.left()).toBe(3_600 - 15 * 60)
  await work(1)
  expect(renew).toHaveBeenCalledTimes(1)
})

it('what cannot last longer is not asked for again', async () => {
  const renew = later(1_200)
  const { lease, work } = clock(1_200, renew)
  await work(15)
  await work(2)
  expect(renew).toHaveBeenCalledTimes(1)
  expect(lease.final()).toBe(true)
  await work(4)
  expect([lease.left(), lease.ended()]).toEqual([0, true])
})

it('where the wallet would have to sign in it is left to a button', async () => {
  let signs = 0
  const renew = vi.fn<Renew>(async ({ onSigning }) => {
    onSigning()
    signs += 1
    return START / 1_000 + 3_600
  })
  const { lease, work } = clock(1_200, renew)
  await work(15)
  expect([signs, lease.asks()]).toEqual([0, true])
  await work(2)
  expect(renew, 'not again by itself').toHaveBeenCalledTimes(1)
  await lease.renew()
  expect([signs, lease.asks(), lease.failure()]).toEqual([1, false, undefined])
  expect(lease.left()).toBe(3_600 - 17 * 60)
})

it('a failure of the button is told, and nothing is claimed to be sent', async () => {
  const renew = vi.fn<Renew>(async () => {
    throw Object.assign(new Error('No majority of the oracles renews it.'), { code: 'no_lease' })
  })
  const { lease } = clock(1_200, renew)
  await lease.renew()
  expect(lease.failure()?.sentence).toBe('No majority of the oracles renews it. Nothing was sent to the ledger.')
  expect(lease.busy()).toBe(false)
})

it('without a lease there is nothing to count', () => {
  const { lease } = clock(undefined, later(0))
  expect([lease.left(), lease.ended()]).toEqual([undefined, false])
})
