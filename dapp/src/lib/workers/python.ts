/** Python's interpreter for evaluators that are written in it: of this origin, and only where one runs. Workers load this before the engine scores. */
import { type EvaluatorFile, evaluatorFile, supplyPython, type TaskSource } from '@stellartrain/oracle-grade'
import interpreter from 'pyodide/pyodide.asm.wasm?url'
import stdlib from 'pyodide/python_stdlib.zip?url'

const bytesOf = async (url: string): Promise<Uint8Array> => {
  const response = await fetch(url)
  if (!response.ok) throw new Error('The interpreter of Python could not be loaded. Try again.')
  return new Uint8Array(await response.arrayBuffer())
}

supplyPython(async () => {
  const files = await Promise.all([interpreter, stdlib].map(bytesOf))
  return { interpreter: files[0]!, stdlib: files[1]! }
})

/** The evaluator with what runs it. */
export const runnable = (source: TaskSource, bytes: Uint8Array | undefined): Promise<EvaluatorFile | undefined> =>
  evaluatorFile(source.metric, bytes)
