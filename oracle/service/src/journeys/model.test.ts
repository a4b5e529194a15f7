/** Challenges that take models: who serves them, and what becomes of good, endless and broken ones in the grading process. */

import { readFile } from 'node:fs/promises'
import { Verdict } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import type { Manifest } from '@stellartrain/ipfs-content'
import { REASONS } from '@stellartrain/oracle-grade'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { model, tensor } from '../../../grade/src/onnx/graph.fixture.ts'
import { modelOf } from '../../../grade/src/program/module.fixture.ts'
import type { RunningOracle } from '../oracle.ts'
import { startWorld, statusOf, untilRefused, type World } from './world.ts'

const examples = new URL('../../../../examples/', import.meta.url)

let world: World
let oracle: RunningOracle
let csv: string
let submission: Manifest['submission']
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle(undefined, { models: ['wasm'] })
  csv = await readFile(new URL('plans/penguins-hidden.csv', examples), 'utf8')
  submission = JSON.parse(await readFile(new URL('plans/model.json', examples), 'utf8')).submission
})
afterAll(() => world?.close())

/** Male and female penguins: the constant answer is right about half of them. */
const taking = (changes: Partial<Manifest['submission']['model']> = {}) => ({
  csv,
  edit: (manifest: Manifest): Manifest => ({
    ...manifest,
    submission: { ...submission, model: { ...submission.model!, ...changes } },
    baseline: { description: 'One answer for all.', score: 0.5 },
  }),
})

test('an oracle says whether it runs models, and refuses what it does not serve or cannot run', async () => {
  const plain = await world.oracle()
  expect((await statusOf(plain)).metrics).not.toContain('model')
  expect((await statusOf(oracle)).metrics).toContain('model')
  const id = await world.challenge({ oracles: [plain.address], ...taking() })
  expect(await untilRefused(plain, id)).toMatchObject({ code: 'models_not_served' })
  const inputs = [{ name: 'wings', type: 'number' as const }]
  const lacking = await world.challenge({ oracles: [oracle.address], ...taking({ inputs }) })
  expect(await untilRefused(oracle, lacking)).toMatchObject({ code: 'shape_invalid' })
  const long = await world.challenge({ oracles: [oracle.address], ...taking({ fuel: 2_000_000_000 }) })
  expect(await untilRefused(oracle, long)).toMatchObject({ code: 'too_much_fuel' })
})

test('a good model is paid; one that loops, one that fails and a file of predictions are rejected, each for its reason', async () => {
  const id = await world.challenge({ oracles: [oracle.address], ...taking() })
  await world.accepted(id)
  const good = new Uint8Array(await readFile(new URL('models/rust/model.wasm', examples)))
  const files = [
    [good, Verdict.Scored, 0],
    [modelOf([0x03, 0x40, 0x0c, 0, 0x0b, 0x00]), Verdict.Rejected, REASONS.model_out_of_fuel.code],
    [modelOf([0x00]), Verdict.Rejected, REASONS.model_trapped.code],
    [modelOf([0x20, 0]), Verdict.Rejected, REASONS.model_bad_table.code],
    [good.slice(0, 700), Verdict.Rejected, REASONS.bad_module.code],
  ] as const
  const solvers = []
  for (const [file] of files) {
    const solver = await world.person()
    solvers.push(solver)
    await world.enter(id, solver, await world.seal(id, solver, file))
  }
  await world.concluded(id, files.length)
  for (const [i, [, verdict, reason]] of files.entries())
    expect(await world.submission(id, solvers[i]!)).toMatchObject({ verdict, reason })
  // 92 of 101, rounded down to the step of 0.0001.
  expect(await world.submission(id, solvers[0]!)).toMatchObject({ score: 9_108_000n, flags: FLAG.prizePaid })
})

test('ONNX: an oracle says that it runs such models, and its grading process outlives the hostile ones', async () => {
  const both = await world.oracle(undefined, { models: ['wasm', 'onnx'] })
  expect((await statusOf(both)).metrics).toContain('onnx')
  const graphs = {
    csv,
    edit: (manifest: Manifest): Manifest => ({
      ...taking().edit(manifest),
      submission: { ...submission, formats: ['onnx'] },
    }),
  }
  const unserved = await world.challenge({ oracles: [oracle.address], ...graphs })
  expect(await untilRefused(oracle, unserved)).toMatchObject({ code: 'models_not_served' })

  const id = await world.challenge({ oracles: [both.address], ...graphs })
  await world.accepted(id)
  const file = async (name: string) => new Uint8Array(await readFile(new URL(`models/onnx/${name}.onnx`, examples)))
  const good = await file('network')
  const files = [
    [loud({ op: 'Gather', inputs: ['body_mass_g', 'far'] }), Verdict.Rejected, REASONS.model_trapped.code],
    [loud({ op: 'Tile', inputs: ['body_mass_g', 'wide'] }), Verdict.Rejected, REASONS.model_out_of_fuel.code],
    [loud({ op: 'Loop', inputs: ['body_mass_g'] }), Verdict.Rejected, REASONS.bad_graph.code],
    [good.slice(0, 700), Verdict.Rejected, REASONS.bad_graph.code],
    [good, Verdict.Scored, 0],
    [await file('forest'), Verdict.Scored, 0],
  ] as const
  const solvers = []
  for (const [one] of files) {
    const solver = await world.person()
    solvers.push(solver)
    await world.enter(id, solver, await world.seal(id, solver, one))
  }
  await world.concluded(id, files.length)
  for (const [i, [, verdict, reason]] of files.entries())
    expect(await world.submission(id, solvers[i]!)).toMatchObject({ verdict, reason })
  // 92 and 87 of 101, rounded down to the step of 0.0001.
  expect(await world.submission(id, solvers[4]!)).toMatchObject({ score: 9_108_000n, flags: FLAG.prizePaid })
  expect(await world.submission(id, solvers[5]!)).toMatchObject({ score: 8_613_000n })
})

/** A graph that gives a label, whose one other operator does what it should not. */
const loud = ({ op, inputs }: { op: string; inputs: string[] }): Uint8Array<ArrayBuffer> =>
  model({
    nodes: [
      { op, inputs, outputs: ['loud'] },
      { op: 'ReduceMax', inputs: ['loud', 'axis'], outputs: ['most'] },
      { op: 'Cast', inputs: ['most'], outputs: ['sex'], attributes: { to: 8 } },
    ],
    inputs: [['body_mass_g', 'float32', ['rows', 1]]],
    outputs: [['sex', 'string']],
    constants: [
      tensor('far', 'int64', [101], Array(101).fill(1000)),
      tensor('wide', 'int64', [2], [1, 1_000_000]),
      tensor('axis', 'int64', [1], [1]),
    ],
  })
