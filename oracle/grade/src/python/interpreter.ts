/** The interpreter, started once: what its memory then holds is where every run begins, so that nothing is left of the one before. */

import { toHex } from '../canonical/canonical.ts'
import { createSha256 } from '../canonical/sha256.ts'
import { type Global, type Memory, wasm } from '../program/api.ts'
import { PROGRAM_LIMITS } from '../program/limits.ts'
import { MachineMemoryError, type Stop } from '../program/start.ts'
import { createHost, STDLIB } from './host.ts'
import { instrumentInterpreter, OWN_EXPORTS, STATE_PREFIX } from './module.ts'
import { PRELUDE } from './prelude.py.ts'

/** The interpreter's own files, as Pyodide publishes them. */
export interface PythonFiles {
  /** pyodide.asm.wasm */
  readonly interpreter: Uint8Array
  /** python_stdlib.zip */
  readonly stdlib: Uint8Array
}

/** How a call ended, and what it took. Equal for equal arguments on every machine. */
export type Called = { readonly fuel: bigint } & ({ readonly value: Uint8Array } | { readonly stop: Stop })

/** Functions of the prelude, which take bytes and return bytes. */
export type PythonFunction = (typeof FUNCTIONS)[number]

export interface Python {
  call(name: PythonFunction, given: readonly Uint8Array[], limits: { fuel: number; memoryMib: number }): Called
}

const FUNCTIONS = ['_described', '_started', '_scored'] as const
const C = [
  '__wasm_call_ctors',
  'emscripten_stack_init',
  'malloc',
  'PyInitConfig_Create',
  'PyInitConfig_SetInt',
  'PyInitConfig_SetStr',
  'PyInitConfig_SetStrList',
  'Py_InitializeFromInitConfig',
  'PyRun_SimpleString',
  'PyImport_AddModule',
  'PyObject_GetAttrString',
  'PyBytes_FromStringAndSize',
  'PyBytes_AsString',
  'PyBytes_Size',
  'PyTuple_New',
  'PyTuple_SetItem',
  'PyObject_CallObject',
] as const

type Exports = { readonly [name in (typeof C)[number]]: (...given: (number | bigint)[]) => number } & {
  readonly memory: Memory & { grow(pages: number): number }
  readonly [OWN_EXPORTS.fuel]: Global
  readonly [OWN_EXPORTS.stack]: Global
  readonly [OWN_EXPORTS.stop]: () => void
}

/** Of Pyodide 314.0.7, whose Python is 3.14: of other files the same evaluator could have other scores, and takes other fuel. */
const KNOWN: Readonly<Record<keyof PythonFiles, string>> = {
  interpreter: 'cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6',
  stdlib: 'fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a',
}

/** Fuel and pages for what runs before any evaluator. */
const START = { fuel: 1n << 62n, pages: 4096 }
const utf8 = new TextEncoder()

/** Takes seconds. Throws `MachineMemoryError`. */
export function createPython(files: PythonFiles): Python {
  for (const [name, hash] of Object.entries(KNOWN)) {
    const sha256 = createSha256()
    sha256.update(files[name as keyof PythonFiles])
    if (toHex(sha256.digest()) !== hash)
      throw new Error(`The ${name} of Python is another one than this engine scores with.`)
  }
  const { interpreter, stdlib } = files
  const { bytes, imports } = instrumentInterpreter(interpreter, new Set([...C, 'memory']))
  const module = new wasm.Module(bytes)

  function instance(pages: number) {
    const host = createHost(imports, stdlib, pages)
    const exports = made(module, host.imports)
    const inside = { memory: exports.memory, fuel: exports[OWN_EXPORTS.fuel], stop: exports[OWN_EXPORTS.stop] }
    host.connect(inside)
    return { host, exports }
  }

  const first = instance(START.pages).exports
  first[OWN_EXPORTS.fuel].value = START.fuel
  begin(first)
  const main = first.PyImport_AddModule(textIn(first, '__main__'))
  const functions = new Map(FUNCTIONS.map((name) => [name, first.PyObject_GetAttrString(main, textIn(first, name))]))
  if ([...functions.values()].includes(0)) throw new Error('The interpreter did not start.')
  const memory = new Uint8Array(first.memory.buffer).slice()
  const states = Object.keys(first).filter((name) => name.startsWith(STATE_PREFIX))
  const globals = states.map((name) => [name, globalOf(first, name).value] as const)

  return {
    call(name, given, { fuel, memoryMib }) {
      const { host, exports } = instance(memoryMib * 16)
      const missing = (memory.length - exports.memory.buffer.byteLength) / 65_536
      try {
        if (missing > 0) exports.memory.grow(missing)
      } catch (cause) {
        throw new MachineMemoryError({ cause })
      }
      new Uint8Array(exports.memory.buffer).set(memory)
      for (const [state, value] of globals) globalOf(exports, state).value = value
      const left = exports[OWN_EXPORTS.fuel]
      left.value = BigInt(fuel)
      const used = (): bigint => BigInt(fuel) - (left.value as bigint)
      try {
        const value = called(exports, functions.get(name)!, given)
        return value ? { value, fuel: used() } : { stop: 'no_room', fuel: used() }
      } catch (error) {
        if (host.starved()) throw new MachineMemoryError({ cause: error })
        // What is no trap is this machine's trouble, and says nothing about what was computed.
        if (!(error instanceof wasm.RuntimeError)) throw error
        return { stop: stopOf(exports), fuel: used() }
      }
    },
  }
}

function made(module: object, imports: object): Exports {
  try {
    return new wasm.Instance(module, imports).exports as Exports
  } catch (cause) {
    throw cause instanceof RangeError ? new MachineMemoryError({ cause }) : cause
  }
}

const globalOf = (exports: Exports, name: string): Global => (exports as unknown as Record<string, Global>)[name]!

function stopOf(exports: Exports): Stop {
  if ((exports[OWN_EXPORTS.fuel].value as bigint) < 0n) return 'out_of_fuel'
  return (exports[OWN_EXPORTS.stack].value as number) > PROGRAM_LIMITS.stackSlots ? 'too_deep' : 'trapped'
}

function textIn(exports: Exports, text: string): number {
  const bytes = utf8.encode(`${text}\0`)
  const at = exports.malloc(bytes.length)
  new Uint8Array(exports.memory.buffer).set(bytes, at)
  return at
}

/** Starts Python with nothing of its surroundings, and runs the prelude. */
function begin(exports: Exports): void {
  exports.emscripten_stack_init()
  exports.__wasm_call_ctors()
  const config = exports.PyInitConfig_Create()
  const numbers = { use_environment: 0, use_hash_seed: 1, hash_seed: 0, site_import: 0, user_site_directory: 0 }
  const more = { write_bytecode: 0, install_signal_handlers: 0, utf8_mode: 1, configure_c_stdio: 0 }
  for (const [name, value] of Object.entries({ ...numbers, ...more }))
    exports.PyInitConfig_SetInt(config, textIn(exports, name), BigInt(value))
  for (const [name, value] of Object.entries({ home: '/', executable: '/python', program_name: 'python' }))
    exports.PyInitConfig_SetStr(config, textIn(exports, name), textIn(exports, value))
  const paths = exports.malloc(4)
  new DataView(exports.memory.buffer).setUint32(paths, textIn(exports, STDLIB), true)
  exports.PyInitConfig_SetStrList(config, textIn(exports, 'module_search_paths'), 1, paths)
  const started = exports.Py_InitializeFromInitConfig(config) === 0
  if (!started || exports.PyRun_SimpleString(textIn(exports, PRELUDE)) !== 0)
    throw new Error('The interpreter did not start.')
}

/** Undefined where there is no room for what is given. */
function called(exports: Exports, function_: number, given: readonly Uint8Array[]): Uint8Array | undefined {
  const tuple = exports.PyTuple_New(given.length)
  for (const [i, bytes] of given.entries()) {
    const object = exports.PyBytes_FromStringAndSize(0, bytes.length)
    if (tuple === 0 || object === 0) return undefined
    new Uint8Array(exports.memory.buffer).set(bytes, exports.PyBytes_AsString(object))
    exports.PyTuple_SetItem(tuple, i, object)
  }
  const answer = exports.PyObject_CallObject(function_, tuple)
  if (answer === 0) return new Uint8Array()
  const at = exports.PyBytes_AsString(answer) >>> 0
  return at === 0
    ? new Uint8Array()
    : new Uint8Array(exports.memory.buffer).slice(at, at + exports.PyBytes_Size(answer))
}
