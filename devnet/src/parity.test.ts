/**
 * The official libraries, called natively, did these stories before (`parity/make.sh`); here they run on this network.
 * The host's answers must be equal to the last byte and the last instruction; those of the test utilities of soroban-sdk
 * in results, events, entries and bytes, and in what they measure another way within bounds that are given a reason.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { compare } from './test/parity/sdk.ts'
import type { Applied, Golden, Played, Simulated } from './test/parity/step.ts'
import { STORIES } from './test/parity/stories.ts'

const goldenOf = (story: string): Golden =>
  JSON.parse(readFileSync(new URL(`../parity/generated/${story}.json`, import.meta.url), 'utf8'))

const askedOf = ({ step: { sequence, closeTime, envelope, flags } }: Played) =>
  createHash('sha256')
    .update(JSON.stringify([sequence, closeTime, envelope, flags]))
    .digest('hex')

for (const { name, contract, play } of STORIES) {
  const golden = goldenOf(name)
  const stale = golden.contract !== contract
  const title = stale ? `${name}: left out, its contract has changed since parity/make.sh ran` : name
  describe.skipIf(stale)(title, () => {
    let played: readonly Played[] = []
    let passphrase = ''
    beforeAll(async () => {
      const player = await play()
      played = player.played
      passphrase = player.net.passphrase
    })

    test('both sides were asked the same', () => {
      const asked = (steps: readonly { name: string; asked: string }[]) => steps.map(({ name, asked }) => [name, asked])
      expect(asked(played.map((step) => ({ name: step.step.name, asked: askedOf(step) })))).toEqual(asked(golden.steps))
      expect(golden.steps.length).toBeGreaterThan(30)
    })

    test('simulations answer what the official library answers', () => {
      const seen = named<Simulated>(played, 'simulate')
      expect(seen).toEqual(golden.steps.flatMap(({ name, simulated }) => (simulated ? [[name, simulated]] : [])))
    })

    test('transactions do, leave behind and cost what they do in the official host', () => {
      const seen = named<Applied>(played, 'apply')
      expect(seen).toEqual(golden.steps.flatMap(({ name, applied }) => (applied ? [[name, applied]] : [])))
    })

    test('a Rust test of the same calls sees the same results and events, and figures that differ for known reasons', () => {
      expect(golden.prices).toBe('equal')
      let compared = 0
      for (const [index, { name, applied, sdk }] of golden.steps.entries()) {
        if (!applied || !sdk || applied.outcome !== 'success') continue
        compared++
        expect([name, sdk.error, sdk.value, sdk.events]).toEqual([name, '', applied.value, applied.events])
        for (const { what, figure, least, most } of compare(played[index]!.step, applied, sdk, passphrase)) {
          expect(figure, `${name}: ${what}`).toBeGreaterThanOrEqual(least)
          expect(figure, `${name}: ${what}`).toBeLessThanOrEqual(most)
        }
      }
      expect(compared).toBeGreaterThan(15)
    })
  })
}

function named<T>(played: readonly Played[], kind: 'simulate' | 'apply'): [string, T][] {
  return played.filter(({ step }) => step.kind === kind).map(({ step, seen }) => [step.name, seen as T])
}
