/**
 * The official libraries, called natively, did these stories before (`parity/make.sh`); here they run on this network.
 * The host's answers must be equal to the last byte and the last instruction; those of the test utilities of soroban-sdk
 * in results, events, entries and bytes, and in what they measure another way within bounds that are given a reason.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { scValToNative, xdr } from '@stellar/stellar-sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { compare } from './parity/sdk.ts'
import type { Applied, Golden, Played, Simulated } from './parity/step.ts'
import { STORIES } from './parity/stories.ts'

const goldenOf = (story: string): Golden =>
  JSON.parse(readFileSync(new URL(`../../parity/generated/${story}.json`, import.meta.url), 'utf8'))

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
      const told = golden.steps.flatMap(({ name, simulated }) => (simulated ? [[name, simulated]] : []))
      const seen = named<Simulated>(played, 'simulate')
      expect(seen).toEqual(told)
    })

    test('transactions do, leave behind and cost what they do in the official host', () => {
      const told = golden.steps.flatMap(({ name, applied }) => (applied ? [[name, applied] as const] : []))
      const seen = named<Applied>(played, 'apply').map(([name, { diagnostics, ...applied }], index) => {
        const host = told[index]?.[1].diagnostics.length ?? 0
        return [name, { ...applied, diagnostics: diagnostics.slice(0, host) }]
      })
      expect(seen).toEqual(told)
    })

    test("after the host's diagnostics come a node's: why it failed a call, and what the call used", () => {
      const told = golden.steps.flatMap(({ applied }) => applied ?? [])
      for (const [index, [name, { diagnostics, costs }]] of named<Applied>(played, 'apply').entries()) {
        const added = diagnostics.slice(told[index]!.diagnostics.length).map(coreEvent)
        const figures = Object.fromEntries(added.filter(({ kind }) => kind === 'core_metrics').map(figureOf))
        const errors = added.filter(({ kind }) => kind === 'error')
        expect(errors.length, name).toBeLessThanOrEqual(1)
        expect(added.length - errors.length, name).toBe(Object.keys(figures).length)
        if (added.length === errors.length) continue // a lifetime, of which nodes give no figures
        expect(Object.keys(figures), name).toHaveLength(19)
        expect([name, figures.cpu_insn, figures.mem_byte]).toEqual([name, costs.instructions, costs.memory])
        expect([name, figures.ledger_read_byte]).toEqual([name, costs.diskReadBytes])
        expect([name, figures.ledger_write_byte]).toEqual([name, costs.writeBytes])
      }
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

/** A node's own event: its first topic, its second, and its value. */
function coreEvent(base64: string) {
  const { event } = xdr.DiagnosticEvent.fromXdr(base64, 'base64')
  const [kind, what] = event.body.value.topics.map((topic) => topic.toJson())
  return { kind: symbolOf(kind), name: symbolOf(what), value: scValToNative(event.body.value.data) as unknown }
}

const symbolOf = (value: unknown) => (value as { symbol?: string } | undefined)?.symbol ?? ''

const figureOf = ({ name, value }: { name: string; value: unknown }) => [name, Number(value)] as const

function named<T>(played: readonly Played[], kind: 'simulate' | 'apply'): [string, T][] {
  return played.filter(({ step }) => step.kind === kind).map(({ step, seen }) => [step.name, seen as T])
}
