/** Runs one model: in one thread, without optimisation of its graph, in a memory within a limit that is before each as it was at the start. */
import { MachineMemoryError } from '../program/start.ts'
import { namedExports, type OrtExports, RUNTIME_PAGES, type SharedMemory, wasm } from './api.ts'
import { ELEMENTS, type Elements } from './elements.ts'
import { createHost, type Host, OrtStopped } from './host.ts'

/** Values of one tensor, texts as UTF-8. */
export interface Tensor {
  readonly elements: Elements
  readonly dims: readonly number[]
  readonly data: Uint8Array | readonly Uint8Array[]
}

export interface RunInput {
  readonly model: Uint8Array
  readonly memoryMib: number
  readonly inputs: readonly { readonly name: string; readonly tensor: Tensor }[]
  readonly outputs: readonly string[]
}

/** `detail` quotes the runtime, whose words can hold what a model saw: for whoever runs it on published rows. */
export type OrtRan =
  | { readonly tensors: readonly Tensor[] }
  | { readonly stop: 'bad' | 'trapped' | 'no_room'; readonly detail: string }

/** Compiled once, used for any number of models, one after the other. */
export interface OnnxRuntime {
  run(input: RunInput): OrtRan
}

export interface LoadedRuntime extends OnnxRuntime {
  /** Once it is ready for this memory, models of it run without waiting, also in the thread of a page, which may not start so large a program at once. */
  ready(memoryMib: number): Promise<void>
}

/** @param bytes of `onnxruntime.packed`, unpacked */
export async function createOnnxRuntime(bytes: Uint8Array<ArrayBuffer>): Promise<LoadedRuntime> {
  const module = await wasm.compile(bytes)
  let kept: Engine | undefined
  return {
    async ready(memoryMib) {
      if (kept?.memoryMib === memoryMib) return
      const before = prepareEngine(memoryMib)
      const { exports } = await wasm.instantiate(module, before.host.imports)
      kept = before.start(exports)
    },
    run(input) {
      if (kept?.memoryMib !== input.memoryMib) {
        // The one before can go before the next one is made.
        kept = undefined
        const before = prepareEngine(input.memoryMib)
        kept = before.start(new wasm.Instance(module, before.host.imports).exports)
      }
      return runOnce(kept, input)
    },
  }
}

/** A runtime that has started, and how to put it back to where it had. A memory is long collected by no one, so that one is used for many models. */
interface Engine {
  readonly memoryMib: number
  readonly memory: SharedMemory
  readonly host: Host
  readonly ort: OrtExports
  putBack(): void
}

function prepareEngine(memoryMib: number) {
  const pages = RUNTIME_PAGES + memoryMib * 16
  const memory = newMemory(pages)
  const host = createHost(memory, pages)
  return {
    host,
    start(exports: object): Engine {
      const ort = namedExports(exports)
      host.bind(ort)
      ort.initThreadLocals()
      ort.start()
      if (ort.init(1, FATAL) !== 0) throw new Error('The runtime of ONNX models does not start.')
      const all = new Uint8Array(memory.buffer)
      let end = all.length
      while (end > 0 && all[end - 1] === 0) end--
      const began = all.slice(0, end)
      const stack = ort.stackSave()
      const putBack = () => {
        const now = new Uint8Array(memory.buffer)
        now.set(began)
        now.fill(0, began.length)
        ort.stackRestore(stack)
        host.reset()
      }
      return { memoryMib, memory, host, ort, putBack }
    },
  }
}

function newMemory(maximum: number): SharedMemory {
  try {
    return new wasm.Memory({ initial: RUNTIME_PAGES, maximum, shared: true })
  } catch (cause) {
    throw cause instanceof RangeError ? new MachineMemoryError({ cause }) : cause
  }
}

/** Nothing of a graph is rewritten: what was counted is what runs. */
const NO_OPTIMISATION = 0
const SEQUENTIAL = 0
/** Of log lines, which go nowhere. */
const FATAL = 4

class Failed extends Error {
  readonly stage: 'bad' | 'trapped'

  constructor(stage: 'bad' | 'trapped', message: string) {
    super(message)
    this.stage = stage
  }
}

function runOnce(engine: Engine, { model, inputs, outputs }: RunInput): OrtRan {
  const { memory, host, ort } = engine
  engine.putBack()
  let stage: 'bad' | 'trapped' = 'bad'
  try {
    const put = putter(memory, ort)
    const options = ort.sessionOptions(NO_OPTIMISATION, 0, 0, SEQUENTIAL, 0, 0, 0, FATAL, 0, 0)
    for (const [key, value] of Object.entries(SESSION)) ort.sessionConfig(options, put.text(key), put.text(value))
    const session = ort.createSession(put.bytes(model), model.length, options)
    if (session === 0) throw failure(memory, ort, 'bad')
    stage = 'trapped'
    const names = put.words(inputs.map(({ name }) => put.text(name)))
    const tensors = put.words(inputs.map(({ tensor }) => put.tensor(tensor)))
    const outputNames = put.words(outputs.map(put.text))
    const results = put.words(outputs.map(() => 0))
    const run = ort.runOptions(FATAL, 0, 0, 0)
    if (ort.run(session, names, tensors, inputs.length, outputNames, outputs.length, results, run) !== 0)
      throw failure(memory, ort, 'trapped')
    const found = new Uint32Array(memory.buffer, results, outputs.length).slice()
    return { tensors: Array.from(found, (tensor) => readTensor(memory, ort, put, tensor)) }
  } catch (error) {
    if (host.starved) throw new MachineMemoryError()
    const own = error instanceof Failed
    // What is neither an exception of C++ nor a fault of the program is this machine's trouble.
    const fault = error instanceof wasm.RuntimeError || error instanceof OrtStopped || typeof error === 'number'
    if (!own && !fault) throw error
    if (host.refused) return { stop: 'no_room', detail: '' }
    return own ? { stop: error.stage, detail: error.message } : { stop: stage, detail: '' }
  }
}

/** A file of onnxruntime's own format is none that was counted; texts of others are not read. */
const SESSION = {
  'session.load_model_format': 'ONNX',
  'session.use_env_allocators': '0',
  'session.disable_prepacking': '1',
}

type Put = ReturnType<typeof putter>

function putter(memory: SharedMemory, ort: OrtExports) {
  const room = (length: number): number => {
    const at = ort.malloc(length) >>> 0
    if (at === 0) throw new Failed('trapped', 'There is no room.')
    return at
  }
  const bytes = (given: Uint8Array): number => {
    const at = room(given.length + 1)
    const all = new Uint8Array(memory.buffer)
    all.set(given, at)
    all[at + given.length] = 0
    return at
  }
  const words = (given: readonly number[]): number => {
    const at = room(4 * given.length + 4)
    new Uint32Array(memory.buffer).set(given, at >>> 2)
    return at
  }
  return {
    bytes,
    words,
    text: (given: string): number => bytes(encoder.encode(given)),
    tensor({ elements, dims, data }: Tensor): number {
      const [at, length] =
        data instanceof Uint8Array ? [bytes(data), data.length] : [words(data.map(bytes)), 4 * data.length]
      const tensor = ort.createTensor(ELEMENTS[elements].code, at, length, words(dims), dims.length, CPU)
      if (tensor === 0) throw failure(memory, ort, 'trapped')
      return tensor
    },
  }
}

const CPU = 1
const encoder = new TextEncoder()

function readTensor(memory: SharedMemory, ort: OrtExports, put: Put, tensor: number): Tensor {
  const at = put.words([0, 0, 0, 0])
  if (ort.tensorData(tensor, at, at + 4, at + 8, at + 12) !== 0) throw failure(memory, ort, 'trapped')
  const [code = 0, place = 0, dimsAt = 0, rank = 0] = new Uint32Array(memory.buffer, at, 4)
  if (dimsAt % 4 !== 0 || dimsAt + 4 * rank > memory.buffer.byteLength)
    throw new Failed('trapped', 'The shape of an output lies outside of the memory.')
  const dims = Array.from(new Uint32Array(memory.buffer, dimsAt, rank))
  const elements = (Object.keys(ELEMENTS) as Elements[]).find((name) => ELEMENTS[name].code === code)
  if (!elements) throw new Failed('trapped', `An output has elements of type ${code}.`)
  const count = dims.reduce((all, one) => all * one, 1)
  // A program that wrote over its own memory could name any place: that is its end, and no trouble of this machine.
  const size = count * (ELEMENTS[elements].bytes || 4)
  if (place + size > memory.buffer.byteLength || (elements === 'string' && place % 4 !== 0))
    throw new Failed('trapped', 'An output lies outside of the memory.')
  // Shared memory is copied before anyone decodes it.
  if (elements !== 'string') {
    const length = count * ELEMENTS[elements].bytes
    return { elements, dims, data: new Uint8Array(memory.buffer, place, length).slice() }
  }
  // Each text ends where the next one begins, the last one with a NUL.
  const places = Array.from(new Uint32Array(memory.buffer, place, count))
  return { elements, dims, data: places.map((one, i) => cText(memory, one, places[i + 1])) }
}

function cText(memory: SharedMemory, at: number, end?: number): Uint8Array {
  const all = new Uint8Array(memory.buffer)
  return all.slice(at, end ?? Math.max(at, all.indexOf(0, at)))
}

function failure(memory: SharedMemory, ort: OrtExports, stage: 'bad' | 'trapped'): Failed {
  const at = ort.malloc(8) >>> 0
  if (at === 0) return new Failed(stage, '')
  ort.lastError(at, at + 4)
  const text = new Uint32Array(memory.buffer, at, 2)[1]!
  return new Failed(stage, text === 0 ? '' : new TextDecoder().decode(cText(memory, text)))
}
