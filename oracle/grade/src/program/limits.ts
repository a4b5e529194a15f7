/** What a program may use: an evaluator of a maker's, a model of a solver's. Counted, never timed, so that it ends in the same way on every machine. */

export const PROGRAM_LIMITS = {
  /** Bytes of an evaluator, and of a model, which brings what it has learned. */
  moduleBytes: 2 * 1024 * 1024,
  modelBytes: 16 * 1024 * 1024,
  /** Bytes of a model's code without its data: each of them is rewritten before it runs. */
  codeBytes: 2 * 1024 * 1024,
  /** Bytes of one function once it counts. Engines refuse 7,654,321, and take a hundred times its size to compile what runs often. */
  functionBytes: 2 * 1024 * 1024,
  /** Fuel of one scoring where the manifest does not say, and the most that it can say. */
  fuel: 1_000_000_000,
  maxFuel: 10_000_000_000,
  /** Memory in MiB where the manifest does not say, and the most that it can say. */
  memoryMib: 64,
  /** The same of Python, whose interpreter takes many small steps for one of its own, and begins with 30 MiB. */
  pythonFuel: 5_000_000_000,
  leastPythonMib: 48,
  pythonMib: 128,
  maxMemoryMib: 256,
  /** Values on the stack: each call takes its locals, its operands and `frameSlots`. Half of what V8 gives in a browser's worker. */
  stackSlots: 65_536,
  frameSlots: 16,
  functions: 20_000,
  types: 2_000,
  globals: 10_000,
  tableEntries: 65_536,
  /** Of one function, its parameters included. */
  locals: 10_000,
} as const

/** What an instruction costs; those that are not named here cost 1. */
export const FUEL_COSTS = {
  call: 10,
  callIndirect: 20,
  memory: 4,
  divide: 10,
  /** Of an exception, which unwinds the stack. */
  throw: 1000,
  /** Of memory.grow, whose buffer is replaced even where it grows by no page. */
  grow: 1000,
  page: 16_384,
  /** Of memory.copy and memory.fill: bytes for a unit of fuel, as a power of two. */
  bytesShift: 2,
} as const
