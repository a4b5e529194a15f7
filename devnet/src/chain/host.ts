/** The official contract host in WebAssembly: one instance is one chain; what it can be asked. */
import { readFile } from 'node:fs/promises'
import { DevnetError } from '../errors.ts'
import { type Field, write } from '../wire.ts'

/** The part of the platform's WebAssembly that is used here; Node's own types do not have it. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<Compiled>
  instantiate(module: Compiled, imports: object): Promise<{ exports: unknown }>
}

type Compiled = { readonly __compiled: unique symbol }

interface Exports {
  memory: { readonly buffer: ArrayBuffer }
  __stack_pointer: { value: number }
  alloc(length: number): number
  call(method: number): number
  out(): number
  out_length(): number
}

const METHODS = {
  genesis: 0,
  submit: 1,
  close: 2,
  simulate: 3,
  entries: 4,
  save: 5,
  load: 6,
  replay: 7,
  closeMeta: 8,
  fundAccounts: 9,
  recover: 10,
  describe: 11,
  fault: 12,
  json: 13,
  fundContract: 14,
} as const

export type Method = keyof typeof METHODS

let compiled: Promise<Compiled> | undefined

/** Compiles the host once for all chains of this process. */
function compile(): Promise<Compiled> {
  compiled ??= readFile(new URL('../../host.wasm', import.meta.url)).then((bytes) => WebAssembly.compile(bytes))
  return compiled
}

export class Host {
  readonly #exports: Exports
  /** Where the stack was before a call that was cut short, until the host has recovered of it. */
  #cutShort: number | undefined

  private constructor(exports: Exports) {
    this.#exports = exports
  }

  static async create(): Promise<Host> {
    const instance = await WebAssembly.instantiate(await compile(), {})
    return new Host(instance.exports as Exports)
  }

  /**
   * Asks the host; the answer is a copy.
   * @throws {DevnetError} `HOST_REFUSED` with the host's own sentence, or `HOST_TRAPPED` after a fault of the host,
   *   of which it recovers at the next call: what was closed stands, what was being done did not happen.
   */
  call(method: Method, fields: readonly Field[] = []): Buffer {
    this.#recover()
    const top = this.#exports.__stack_pointer.value
    try {
      return this.#ask(method, fields)
    } catch (error) {
      if (error instanceof DevnetError) throw error
      this.#cutShort = top
      throw new DevnetError('HOST_TRAPPED', `the host failed at ${method}; what was closed stands`, { cause: error })
    }
  }

  /** Throws away what a call that was cut short has left; done at the next call, when there is stack again. */
  #recover(): void {
    if (this.#cutShort === undefined) return
    this.#exports.__stack_pointer.value = this.#cutShort
    this.#ask('recover', [])
    this.#cutShort = undefined
  }

  #ask(method: Method, fields: readonly Field[]): Buffer {
    const { memory, alloc, call, out, out_length } = this.#exports
    const message = write(fields)
    const at = alloc(message.length)
    new Uint8Array(memory.buffer).set(message, at >>> 0)
    const failed = call(METHODS[method])
    const start = out() >>> 0
    const answer = Buffer.from(memory.buffer.slice(start, start + (out_length() >>> 0)))
    if (failed) throw new DevnetError('HOST_REFUSED', answer.toString())
    return answer
  }
}
