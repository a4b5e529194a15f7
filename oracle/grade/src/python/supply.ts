/** Where the interpreter's files come from: in Node from the package, in pages from wherever they say. It is started once, when it is needed. */

import type { EvaluatorFile } from '../program/metric.ts'
import { EVALUATOR, evaluatorParams } from '../program/params.ts'
import { MachineMemoryError } from '../program/start.ts'
import { createPython, type Python, type PythonFiles } from './interpreter.ts'

export type Supply = () => Promise<PythonFiles>

let supply: Supply = fromPackage
let started: Promise<Python> | undefined

/** For pages, which have no packages: called once, before any evaluator runs. */
export function supplyPython(from: Supply): void {
  supply = from
}

/** The evaluator of a challenge as `taskOf` takes it, with what runs it; undefined where the metric is one of the engine's. */
export async function evaluatorFile(
  metric: { id: string; params: Readonly<Record<string, unknown>> },
  bytes: Uint8Array | undefined,
): Promise<EvaluatorFile | undefined> {
  if (bytes === undefined || metric.id !== EVALUATOR) return undefined
  if (evaluatorParams(metric.params).language === 'wasm') return bytes
  return { source: bytes, python: await interpreter() }
}

async function interpreter(): Promise<Python> {
  started ??= supply().then(createPython)
  try {
    return await started
  } catch (error) {
    // A page that was offline, a machine without memory: the next one tries again.
    started = undefined
    if (error instanceof RangeError) throw new MachineMemoryError({ cause: error })
    throw error
  }
}

async function fromPackage(): Promise<PythonFiles> {
  const [{ readFile }, { createRequire }] = await Promise.all([import('node:fs/promises'), import('node:module')])
  const { resolve } = createRequire(import.meta.url)
  const [wasm, stdlib] = await Promise.all(
    ['pyodide/pyodide.asm.wasm', 'pyodide/python_stdlib.zip'].map((name) => readFile(resolve(name))),
  )
  return { interpreter: wasm!, stdlib: stdlib! }
}
