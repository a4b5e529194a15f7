/** Brings the runtime of ONNX models from beside this file, once: it is packed, and read in Node and fetched in a browser. */

import { toHex } from '../canonical/canonical.ts'
import { createSha256 } from '../canonical/sha256.ts'
import type { TaskSource } from '../manifesttask.ts'
import { PROGRAM_LIMITS } from '../program/limits.ts'
import { createOnnxRuntime, type LoadedRuntime, type OnnxRuntime } from './runtime.ts'

export type { OnnxRuntime } from './runtime.ts'

/** What `make.sh` beside it packed, and what it is unpacked: any other is not run. */
const SHA256 = '3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2'

let loading: Promise<LoadedRuntime> | undefined

/** Where a challenge takes ONNX models: what runs them, for `taskOf`. */
export async function onnxFor({ submission }: Pick<TaskSource, 'submission'>): Promise<OnnxRuntime | undefined> {
  const { formats, model } = submission
  if (!model || !formats?.includes('onnx')) return undefined
  const runtime = await loadOnnx()
  await runtime.ready(model.memoryMib ?? PROGRAM_LIMITS.memoryMib)
  return runtime
}

export function loadOnnx(): Promise<LoadedRuntime> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function load(): Promise<LoadedRuntime> {
  const packed = await read(new URL('./runtime/onnxruntime.packed', import.meta.url))
  const bytes = await unpacked(packed)
  const hasher = createSha256()
  hasher.update(bytes)
  if (toHex(hasher.digest()) !== SHA256)
    throw new Error('The runtime of ONNX models is not the one that this version was made with: install it again.')
  return createOnnxRuntime(bytes)
}

async function read(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const node = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process
  if (url.protocol === 'file:' && node?.getBuiltinModule) {
    const { readFile } = node.getBuiltinModule('node:fs/promises') as {
      readFile(url: URL): Promise<Uint8Array<ArrayBuffer>>
    }
    return readFile(url)
  }
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`The runtime of ONNX models cannot be fetched: HTTP ${answer.status}.`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** A server may have unpacked it on the way. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
