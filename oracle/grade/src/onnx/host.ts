/**
 * What the WebAssembly of onnxruntime-web imports, and nothing else: no file, no clock, no randomness, no second thread, no environment. So a
 * model computes the same wherever it runs. The package's own JavaScript would give it all of these, and can only be started asynchronously.
 */
import type { OrtExports, OrtTable, SharedMemory } from './api.ts'

/** What `exit`, `abort` and waiting for another thread end with. */
export class OrtStopped extends Error {}

export interface Host {
  readonly imports: { readonly a: Record<string, unknown> }
  /** To be called with the exports, before anything of them is called. */
  bind(exports: OrtExports): void
  /** Before each model: as it was at the start. */
  reset(): void
  /** Memory beyond the limit was asked for and not given. */
  readonly refused: boolean
  /** Memory within the limit was asked for, and this machine had none. */
  readonly starved: boolean
}

const NOT_SUPPORTED = 52
const ERRNO = { again: 6, invalid: 28, seek: 70 }
/** A time for whoever asks: some day in 2020, a microsecond later each time. */
const DAY_MS = 1_600_000_000_000

/** Imports as the pinned version names them; `make.sh` beside the packed file prints the package's own table of them. */
export function createHost(memory: SharedMemory, maxPages: number): Host {
  let exports: OrtExports
  let table: OrtTable
  const state = { refused: false, starved: false }
  const words = () => new Uint32Array(memory.buffer)
  const bytes = () => new Uint8Array(memory.buffer)
  let asked = 0
  const now = (): number => DAY_MS + ++asked / 1000
  const stop = (): never => {
    throw new OrtStopped()
  }

  /** Exceptions of C++: thrown as their address, and caught by calls that `invoke`. */
  const caught: number[] = []
  let thrown = 0
  let uncaught = 0
  const flag = (address: number, at: number, value?: boolean): boolean => {
    const all = bytes()
    if (value !== undefined) all[address - 24 + at] = value ? 1 : 0
    return all[address - 24 + at] !== 0
  }
  function match(types: readonly number[]): number {
    if (thrown === 0) {
      exports.setTempRet0(0)
      return 0
    }
    const header = thrown - 24
    words()[(header + 16) >>> 2] = thrown
    const type = words()[(header + 4) >>> 2]!
    const found = type === 0 ? 0 : (types.find((one) => one === 0 || one === type || covers(one, type, header)) ?? type)
    exports.setTempRet0(found)
    return thrown
  }
  const covers = (one: number, type: number, header: number): boolean => exports.canCatch(one, type, header + 16) !== 0
  const invoke =
    (none?: bigint) =>
    (index: number, ...given: unknown[]): unknown => {
      const stack = exports.stackSave()
      try {
        return table.get(index)(...given)
      } catch (error) {
        exports.stackRestore(stack)
        // Exceptions of C++ are numbers; all else is a fault.
        if (typeof error !== 'number') throw error
        exports.setThrew(1, 0)
        return none
      }
    }

  function grow(wanted: number): number {
    const size = wanted >>> 0
    const have = memory.buffer.byteLength
    if (size > maxPages * 65_536) {
      state.refused = true
      return 0
    }
    // A fifth more than what is asked for, as the package does.
    const pages = Math.min(maxPages, Math.ceil(Math.max(size, have * 1.2) / 65_536)) - have / 65_536
    try {
      if (pages > 0) memory.grow(pages)
      return 1
    } catch {
      state.starved = true
      return 0
    }
  }

  function civil(seconds: bigint, at: number): void {
    const date = new Date(Number(BigInt.asIntN(53, seconds)) * 1000)
    const year = date.getUTCFullYear()
    const day = Math.floor((date.getTime() - Date.UTC(year)) / 86_400_000)
    const fields = [
      ...[date.getUTCSeconds(), date.getUTCMinutes(), date.getUTCHours(), date.getUTCDate()],
      ...[date.getUTCMonth(), year - 1900, date.getUTCDay(), day, 0, 0],
    ]
    new Int32Array(memory.buffer).set(fields, at >>> 2)
  }

  const nothing = (): void => {}
  const zero = (): number => 0
  const refusedCall = (): number => -NOT_SUPPORTED
  const bad = (): number => NOT_SUPPORTED
  const each = (names: string, value: unknown) => Object.fromEntries(names.split(' ').map((name) => [name, value]))
  const a: Record<string, unknown> = {
    a: memory,
    ...each('$ N aa O v d m n r ca E o P C J da ea z fa c q i _ l p s t x R A K B ha ia', invoke()),
    ...each('ga Q y D', invoke(0n)),
    // Exceptions: begin, end, find by types, rethrow, throw, how many, resume.
    f(address: number) {
      if (!flag(address, 12)) uncaught--
      flag(address, 12, true)
      flag(address, 13, false)
      caught.push(address)
      return exports.exceptionPointer(address)
    },
    w() {
      exports.setThrew(0, 0)
      exports.releaseException(caught.pop()!)
      thrown = 0
    },
    e: () => match([]),
    k: (one: number) => match([one >>> 0]),
    h: (...types: number[]) => match(types.map((type) => type >>> 0)),
    L() {
      const address = caught.pop()
      if (address === undefined) return stop()
      if (!flag(address, 13)) {
        caught.push(address)
        flag(address, 13, true)
        flag(address, 12, false)
        uncaught++
      }
      exports.holdException(address)
      thrown = address
      throw thrown
    },
    b(at: number, type: number, destructor: number) {
      const address = at >>> 0
      const all = words()
      const header = address - 24
      all[(header + 16) >>> 2] = 0
      all[(header + 4) >>> 2] = type
      all[(header + 8) >>> 2] = destructor
      exports.holdException(address)
      thrown = address
      uncaught++
      throw thrown
    },
    G: () => uncaught,
    j(address: number) {
      thrown ||= address >>> 0
      throw thrown
    },
    g: (type: number) => type >>> 0,
    // Files, and memory that they are mapped into: there are none.
    ...each('M La qa sa Ma Ja Ca Ia Z ra oa Ka pa xa', refusedCall),
    ...each('ya ka', zero),
    ...each('I wa Y', bad),
    Da: () => ERRNO.seek,
    X(_: number, list: number, count: number, written: number) {
      const all = words()
      let total = 0
      for (let i = 0; i < count; i++) total += all[(list >>> 2) + 2 * i + 1]!
      all[written >>> 2] = total
      return 0
    },
    // Threads: there is one.
    ua: () => ERRNO.again,
    Fa(block: number) {
      exports.initThread(block >>> 0, 1, 1, 1, 131_072, 0)
      exports.initThreadLocals()
    },
    ...each('ma ja U Ea Oa V F', nothing),
    va: stop,
    H: () => 1,
    // Data that stands in other files, and maps of offsets: there are none.
    W: () => 1,
    ...each('T S ba Ua', zero),
    // The end.
    ...each('Ra Na ta Sa', stop),
    // Time.
    Qa(clock: number, _: bigint, at: number) {
      if (!(clock >= 0 && clock <= 3)) return ERRNO.invalid
      new BigInt64Array(memory.buffer)[at >>> 3] = BigInt(Math.round(now() * 1e6))
      return 0
    },
    Pa: now,
    u: now,
    za: civil,
    Aa: civil,
    Ba: () => 0n,
    Ta(zone: number, daylight: number, name: number, summer: number) {
      const all = words()
      all[zone >>> 2] = 0
      all[daylight >>> 2] = 0
      for (const at of [name, summer]) bytes().set([85, 84, 67, 0], at >>> 0)
    },
    // Memory and environment.
    na: () => maxPages * 65_536,
    la: grow,
    Ga: zero,
    Ha(count: number, size: number) {
      const all = words()
      all[count >>> 2] = 0
      all[size >>> 2] = 0
      return 0
    },
  }
  return {
    imports: { a },
    bind(given) {
      exports = given
      table = given.table
    },
    reset() {
      Object.assign(state, { refused: false, starved: false })
      caught.length = 0
      thrown = 0
      uncaught = 0
      asked = 0
    },
    get refused() {
      return state.refused
    },
    get starved() {
      return state.starved
    },
  }
}
