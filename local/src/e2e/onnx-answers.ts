/** All that ONNX models give: their predictions to the last bit and their steps, or the reason why there are none. Runs in Node and, as a worker, in a browser. */
import { sampleRows, type TaskSource, taskOf } from '@stellartrain/oracle-grade'
import { onnxFor } from '@stellartrain/oracle-grade/onnx'
import { predictGraph } from '../../../oracle/grade/src/onnx/predict.ts'

export interface Asked {
  models: Readonly<Record<string, Uint8Array>>
  csv: Uint8Array
  submission: TaskSource['submission']
}

export async function answers({ models, csv, submission }: Asked): Promise<Record<string, string>> {
  const { shape } = taskOf({ submission, metric: { id: 'accuracy', version: 1, params: {} } })
  const model = shape.model!
  const { rows } = sampleRows(csv, shape.idColumn, model)!
  const runtime = (await onnxFor({ submission }))!
  return Object.fromEntries(
    Object.entries(models).map(([name, bytes]) => {
      // Probabilities as they are, where there are any.
      const columns = name.startsWith('numbers') ? [{ name: 'y', type: 'number' as const }] : shape.columns
      const ran = predictGraph(bytes, rows, { ...shape, columns, model }, runtime)
      return [name, 'reason' in ran ? ran.reason : `${new TextDecoder().decode(ran.csv)}${ran.fuel}`]
    }),
  )
}

const scope = globalThis as { WorkerGlobalScope?: object; onmessage?: unknown; postMessage?(answer: unknown): void }
if (scope.WorkerGlobalScope && !('process' in globalThis))
  scope.onmessage = async ({ data }: { data: Asked }) => scope.postMessage?.(await answers(data).catch(String))
