/** Text ids of a large file, in the memory of a kernel of their own. */

import type { TextIds } from '../table/textids.ts'
import { type Kernel, LONGEST, MARGIN, openKernel, reserveMemory } from './kernel.ts'

/** Bytes before each id: its row, its hash and its length. */
const HEAD = 10
/** Bytes of a slot of the table. */
const SLOT = 8

export interface KernelIds extends TextIds {
  readonly kernel: Kernel
  /** Makes room for so many more ids, of so many bytes together. */
  reserve(ids: number, bytes: number): void
  /** Makes the table that ids are found in, unless it is there; the memory may grow. Nothing is added or sorted afterwards. */
  index(): void
}

/** Undefined where there is no kernel. */
export function createKernelIds(): KernelIds | undefined {
  const opened = openKernel()
  return opened && kernelIds(opened)
}

/**
 * Records stand at the bottom. Behind them, once all are there, the address of each, and then what sorting needs, whose place the table takes:
 * memory that was never used costs more than most of what is done with it.
 */
function kernelIds(kernel: Kernel): KernelIds {
  const { exports, at } = kernel
  const { memory } = exports
  const records = align(Number(exports.__heap_base.value))
  exports.open(records)
  let indexed = false
  let listed: number | undefined

  const used = (): number => exports.next() >>> 0
  const write = (bytes: Uint8Array, start: number, end: number): void =>
    kernel.view.bytes.set(bytes.subarray(start, end), at.scratch)

  function reserve(ids: number, bytes: number): void {
    const end = used() + bytes + ids * HEAD + MARGIN
    if (end > memory.buffer.byteLength) reserveMemory(kernel, Math.max(end, records + 1.5 * (used() - records)))
  }

  /** Where the addresses of the records are, and behind them what else is needed. */
  const list = (): number => align(used() + MARGIN)
  const room = (): number => align(list() + exports.size() * 4)

  /** Makes the table, once nothing is repeated. */
  function index(): void {
    if (indexed) return
    const count = 2 ** Math.ceil(Math.log2(2 * exports.size() + 2))
    const end = room() + count * SLOT
    reserveMemory(kernel, end)
    kernel.view.bytes.fill(0, room(), end)
    indexed = true
    exports.index(room(), count)
  }

  const rowsAt = (address: number, count: number): Int32Array =>
    new Int32Array(memory.buffer, address >>> 0, count).slice().sort()

  return {
    kernel,
    reserve,
    index,
    get size() {
      return exports.size()
    },
    find(bytes, start, end) {
      // No longer one was added.
      if (end - start > LONGEST) return -1
      index()
      write(bytes, start, end)
      return exports.find_one(end - start)
    },
    add(bytes, start, end, row) {
      reserve(1, end - start)
      write(bytes, start, end)
      exports.append_one(end - start, row)
      return true
    },
    bytes(entry) {
      if (listed === undefined) {
        listed = list()
        reserveMemory(kernel, room())
        exports.list(listed)
      }
      const { data, bytes } = kernel.view
      const record = data.getUint32(listed + entry * 4, true)
      return bytes.slice(record + HEAD, record + HEAD + data.getUint16(record + 8, true))
    },
    repeated() {
      indexed = false
      listed = undefined
      const repeated = align(list() + (exports.repeats_room() >>> 0))
      reserveMemory(kernel, repeated + exports.size() * 4)
      return rowsAt(repeated, exports.repeats(list(), repeated))
    },
    ranks() {
      const size = exports.size()
      indexed = false
      listed = list()
      reserveMemory(kernel, room() + (exports.sort_room(size) >>> 0))
      const ranks = exports.sort(listed, room()) >>> 0
      const repeated = rowsAt(exports.sorted_repeated(), exports.sorted_found())
      return { ranks: new Int32Array(memory.buffer, ranks, size).slice(), repeated }
    },
  }
}

const align = (address: number): number => Math.ceil(address / 16) * 16
