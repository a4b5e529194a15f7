/**
 * The world of the interpreter, as far as it has one: a clock that goes by looks at it, random bytes that are always the same, and one file
 * that can be read, the standard library. Nothing else of the machine can be reached: neither network nor files nor JavaScript.
 */

import type { Global, Memory } from '../program/api.ts'
import { FUEL_COSTS } from '../program/limits.ts'

/** An import of the interpreter's: of which module, and what its results are. */
export interface HostImport {
  readonly module: string
  readonly name: string
  readonly results: readonly number[]
}

/** What the host needs of an instance. */
export interface Inside {
  readonly memory: Memory & { grow(pages: number): number }
  readonly fuel: Global
  /** Ends the run by a trap, which nothing in it can catch. */
  stop(): void
}

export interface Host {
  readonly imports: Readonly<Record<string, Readonly<Record<string, (...given: never[]) => unknown>>>>
  /** Once the instance is there. */
  connect(inside: Inside): void
  /** The machine had not the memory that the limits allow. */
  starved(): boolean
}

type Given = readonly (number | bigint)[]
type Answer = number | bigint | undefined

export const STDLIB = '/lib/python.zip'
const FOLDERS = ['/', '/lib']
const I64 = 0x7e
/** Files that are open at the same time: the next free number is looked for among them. */
const MOST_OPEN = 64
/** Fuel of any call of the host. */
const CALL = 1000
const PAGE = 65_536
/** 2026-01-01, in milliseconds. */
const BEGIN = 1_767_225_600_000
// Error numbers as Emscripten has them.
const NOT_OPEN = 8
const TOO_MANY_OPEN = 33
const NO_ENTRY = 44
const UNKNOWN_CALL = 52
const NOT_A_TERMINAL = 59

/** @param stdlib the file that it may read @param maxPages of 64 KiB, that its memory may have */
export function createHost(imports: readonly HostImport[], stdlib: Uint8Array, maxPages: number): Host {
  let inside: Inside | undefined
  let starved = false
  let looks = 0
  let random = 0x2545f491
  const open = new Map<number, { at: number }>()

  const within = (): Inside => inside!
  const bytes = (): Uint8Array => new Uint8Array(within().memory.buffer)
  const view = (): DataView => new DataView(within().memory.buffer)
  const charge = (amount: number): void => {
    const { fuel } = within()
    fuel.value = (fuel.value as bigint) - BigInt(Math.floor(amount))
    if (fuel.value < 0n) within().stop()
  }
  /** Code that no compiler wrote can name any place: that ends the run, and is no trouble of this machine. */
  const place = (at: number, length: number): number => {
    const from = at >>> 0
    if (from + length > within().memory.buffer.byteLength) within().stop()
    return from
  }
  const word = (at: number): number => view().getUint32(place(at, 4), true)
  const putWord = (at: number, value: number): void => view().setUint32(place(at, 4), value, true)
  const put64 = (at: number, value: number): void => view().setBigInt64(place(at, 8), BigInt(Math.floor(value)), true)
  const put = (at: number, values: ArrayLike<number>): void => bytes().set(values, place(at, values.length))
  const now = (): number => BEGIN + looks++

  function textAt(at: number): string {
    const all = bytes()
    const end = all.indexOf(0, at)
    return end - at > 4096 || end < 0 ? '' : String.fromCharCode(...all.subarray(at, end))
  }

  function stat(path: string, at: number): number {
    const folder = FOLDERS.includes(path)
    if (path !== STDLIB && !folder) return -NO_ENTRY
    bytes().fill(0, at, at + 96)
    putWord(at, 1)
    putWord(at + 4, folder ? 0o40555 : 0o100444)
    putWord(at + 8, 1)
    put64(at + 24, folder ? 0 : stdlib.length)
    putWord(at + 32, 4096)
    put64(at + 88, folder ? 2 : 1)
    return 0
  }

  /** Moves through pieces of memory, as readv and writev name them, until one is not filled. */
  function pieces(at: number, count: number, move: (to: number, length: number) => number): number {
    let moved = 0
    for (let i = 0; i < count; i++) {
      const length = word(at + 8 * i + 4)
      const part = move(word(at + 8 * i), length)
      moved += part
      if (part < length) break
    }
    charge(moved >>> FUEL_COSTS.bytesShift)
    return moved
  }

  function grow(size: number): number {
    const { memory } = within()
    const pages = Math.ceil((size - memory.buffer.byteLength) / PAGE)
    if (pages <= 0) return 1
    charge(FUEL_COSTS.grow + pages * FUEL_COSTS.page)
    if (memory.buffer.byteLength / PAGE + pages > maxPages) return 0
    try {
      memory.grow(pages)
      return 1
    } catch {
      starved = true
      within().stop()
      return 0
    }
  }

  function brokenDown(seconds: number, at: number): void {
    const date = new Date(seconds * 1000)
    const year = date.getUTCFullYear()
    const dayOfYear = Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000)
    const fields = [date.getUTCSeconds(), date.getUTCMinutes(), date.getUTCHours(), date.getUTCDate()]
    fields.push(date.getUTCMonth(), year - 1900, date.getUTCDay(), dayOfYear, 0, 0)
    for (const [i, field] of fields.entries()) view().setInt32(place(at + 4 * i, 4), field, true)
  }

  function putTogether(at: number): bigint {
    const field = (i: number): number => view().getInt32(place(at + 4 * i, 4), true)
    const time = Date.UTC(field(5) + 1900, field(4), field(3), field(2), field(1), field(0)) / 1000
    if (!Number.isFinite(time)) return -1n
    brokenDown(time, at)
    return BigInt(time)
  }

  const calls: Readonly<Record<string, (...given: number[]) => number | bigint | undefined>> = {
    __syscall_getcwd: (at) => {
      put(at!, [0x2f, 0])
      return 2
    },
    __syscall_openat: (_, path) => {
      if (textAt(path!) !== STDLIB) return -NO_ENTRY
      if (open.size === MOST_OPEN) return -TOO_MANY_OPEN
      let number = 3
      while (open.has(number)) number++
      open.set(number, { at: 0 })
      return number
    },
    __syscall_stat64: (path, at) => stat(textAt(path!), at!),
    __syscall_lstat64: (path, at) => stat(textAt(path!), at!),
    __syscall_newfstatat: (_, path, at) => stat(textAt(path!), at!),
    __syscall_fstat64: (number, at) => (open.has(number!) ? stat(STDLIB, at!) : -NOT_OPEN),
    __syscall_fcntl64: (number) => (open.has(number!) ? 0 : -NOT_OPEN),
    _try_fcntl64: () => 0,
    __syscall_ioctl: () => -NOT_A_TERMINAL,
    __syscall_readlinkat: () => -NO_ENTRY,
    __syscall_getuid32_js: () => 0,
    fd_close: (number) => (open.delete(number!) ? 0 : NOT_OPEN),
    fd_seek: (number, offset, from, at) => {
      const file = open.get(number!)
      if (!file) return NOT_OPEN
      file.at = Math.max(0, Number(offset) + (from === 0 ? 0 : from === 1 ? file.at : stdlib.length))
      put64(at!, file.at)
      return 0
    },
    fd_read: (number, at, count, told) => {
      const file = open.get(number!)
      if (!file) return NOT_OPEN
      const moved = pieces(at!, count!, (to, length) => {
        const part = stdlib.subarray(file.at, file.at + length)
        put(to, part)
        file.at += part.length
        return part.length
      })
      putWord(told!, moved)
      return 0
    },
    // What is printed goes nowhere.
    fd_write: (_, at, count, told) => {
      putWord(
        told!,
        pieces(at!, count!, (__, length) => length),
      )
      return 0
    },
    environ_sizes_get: (count, size) => {
      putWord(count!, 0)
      putWord(size!, 0)
      return 0
    },
    environ_get: () => 0,
    clock_time_get: (_, __, at) => {
      put64(at!, now() * 1e6)
      return 0
    },
    clock_res_get: (_, at) => {
      put64(at!, 1e6)
      return 0
    },
    emscripten_get_now: () => now() - BEGIN,
    emscripten_date_now: now,
    _tzset_js: (zone, summer, name, summerName) => {
      putWord(zone!, 0)
      putWord(summer!, 0)
      for (const at of [name!, summerName!]) put(at, [0x55, 0x54, 0x43, 0])
      return undefined
    },
    _localtime_js: (seconds, at) => void brokenDown(Number(seconds), at!),
    _gmtime_js: (seconds, at) => void brokenDown(Number(seconds), at!),
    _mktime_js: (at) => putTogether(at!),
    _timegm_js: (at) => putTogether(at!),
    random_get: (at, length) => {
      const [from, count] = [place(at!, length! >>> 0), length! >>> 0]
      charge(count)
      const all = bytes()
      for (let i = 0; i < count; i++) {
        random ^= random << 13
        random ^= random >>> 17
        random ^= random << 5
        all[from + i] = random & 0xff
      }
      return 0
    },
    emscripten_get_heap_max: () => maxPages * PAGE,
    emscripten_resize_heap: (size) => grow(size! >>> 0),
    _emscripten_get_progname: (at, length) => {
      if (length! > 0) bytes()[at!] = 0
      return undefined
    },
    // Parts of the bridge to JavaScript that are made ready at the start, and are never used.
    __hiwire_deduplicate_new: () => undefined,
    jslib_init_buffers_js: () => 0,
    jslib_init_js: () => 0,
    _Py_emscripten_runtime: () => 0,
    _Py_CheckEmscriptenSignals_Helper: () => 0,
  }

  /** System calls that there are none of say so; everything else, such as the bridge to JavaScript, ends the run. */
  const lacking = (name: string): (() => Answer) => {
    if (name.startsWith('__syscall_') || name.endsWith('_async')) return () => -UNKNOWN_CALL
    if (/^fd_|^_setitimer/.test(name)) return () => UNKNOWN_CALL
    return () => {
      within().stop()
      return 0
    }
  }

  const answerOf = ({ name, results }: HostImport): ((...given: Given) => unknown) => {
    const call = (calls[name] ?? lacking(name)) as (...given: Given) => Answer
    const wide = results[0] === I64
    return (...given) => {
      // Before it is connected nothing is counted, and nothing of this is asked for.
      if (inside) charge(CALL)
      const answer = call(...given)
      return wide ? BigInt(answer ?? 0) : typeof answer === 'bigint' ? Number(answer) : answer
    }
  }

  const made: Record<string, Record<string, (...given: Given) => unknown>> = {}
  for (const one of imports) {
    made[one.module] ??= {}
    made[one.module]![one.name] = answerOf(one)
  }
  return {
    imports: made as Host['imports'],
    connect(to) {
      inside = to
    },
    starved: () => starved,
  }
}
