/** The pinned build of onnxruntime-web as a module: what it exports under which name, and what of WebAssembly it needs beside what programs need. */

/** Pages of 64 KiB that it declares for itself. */
export const RUNTIME_PAGES = 256

export interface SharedMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

export interface OrtTable {
  get(index: number): (...given: unknown[]) => unknown
}

type Call = (...given: number[]) => number

/** `name: [as it is exported]`; names of onnxruntime's C API for the web keep their meaning (`lib/wasm/wasm-types.ts` of the package). */
const NAMES = {
  start: 'Va',
  init: 'Wa',
  lastError: 'Xa',
  sessionOptions: 'Ya',
  sessionConfig: '$a',
  createSession: 'bb',
  createTensor: 'gb',
  tensorData: 'hb',
  runOptions: 'jb',
  run: 'sb',
  malloc: 'wb',
  initThreadLocals: 'xb',
  initThread: 'zb',
  setThrew: 'Gb',
  setTempRet0: 'Hb',
  stackRestore: 'Jb',
  stackAlloc: 'Kb',
  stackSave: 'Lb',
  releaseException: 'Mb',
  holdException: 'Nb',
  canCatch: 'Ob',
  exceptionPointer: 'Pb',
} as const

export type OrtExports = { readonly [name in keyof typeof NAMES]: Call } & { readonly table: OrtTable }

export function namedExports(exports: object): OrtExports {
  const all = exports as Record<string, unknown>
  const named = Object.fromEntries(Object.entries(NAMES).map(([name, short]) => [name, all[short]]))
  return { ...named, table: all.yb } as unknown as OrtExports
}

interface Api {
  readonly Memory: new (options: { initial: number; maximum: number; shared: true }) => SharedMemory
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
  readonly RuntimeError: abstract new (...args: never[]) => Error
  compile(bytes: Uint8Array<ArrayBuffer>): Promise<object>
  instantiate(module: object, imports: object): Promise<{ readonly exports: object }>
}

export const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: Api }
