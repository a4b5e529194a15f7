/** The oracle's own file check, off the page's thread: a large file never freezes the form. */
import { GradeError, type Precheck, precheck, type TaskSource, taskOf } from '@stellartrain/oracle-grade'

export type CheckRequest = { manifest: TaskSource; bytes: Uint8Array<ArrayBuffer>; ids: readonly string[] | undefined }
export type CheckAnswer = { precheck: Precheck } | { failure: string }

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<CheckRequest>) => void
  postMessage: (answer: CheckAnswer) => void
}

scope.onmessage = ({ data: { manifest, bytes, ids } }) => {
  try {
    const { shape } = taskOf(manifest)
    scope.postMessage({ precheck: precheck(bytes, ids ? { ...shape, ids } : shape) })
  } catch (error) {
    scope.postMessage({ failure: error instanceof GradeError ? error.message : String(error) })
  }
}
