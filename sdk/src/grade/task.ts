/** What the engine makes of a manifest, with all that it needs to run what solvers submit. */
import type { Task, TaskSource } from '@stellartrain/oracle-grade'

/** @throws GradeError where no oracle of this version could grade it */
export async function gradingTask(source: TaskSource, evaluator?: Uint8Array): Promise<Task> {
  const { evaluatorFile, taskOf } = await import('@stellartrain/oracle-grade')
  // What runs ONNX models are four megabytes, which only those challenges load.
  const { onnxFor } = await import('@stellartrain/oracle-grade/onnx')
  return taskOf(source, await evaluatorFile(source.metric, evaluator), await onnxFor(source))
}
