/** An evaluator in Python: tables and ids in, a score out, or why there is none. */

import { PROGRAM_LIMITS } from '../program/limits.ts'
import type { EvaluatorParams } from '../program/params.ts'
import { refuse } from '../program/refusal.ts'
import type { Evaluator, Ran } from '../program/run.ts'
import type { ColumnShape } from '../shape.ts'
import type { Called, Python } from './interpreter.ts'
import { ENDINGS, SOURCE_NAME } from './prelude.py.ts'

/** The source, and the interpreter that runs it. */
export interface PythonSource {
  readonly source: Uint8Array
  readonly python: Python
}

interface Shape {
  readonly idColumn: string
  readonly columns: readonly Pick<ColumnShape, 'name' | 'type'>[]
}

/** What stands in the source, read before any of it runs: nothing that it does can change it. */
interface Described {
  /** Names of Python's own errors. */
  readonly errors: readonly string[]
  /** Of the errors that participants see. */
  readonly texts: readonly string[]
  readonly error?: string
  readonly line?: number
}

/** Throws `RefusedModule` for a source that is no evaluator. */
export function createPythonEvaluator(
  { source, python }: PythonSource,
  params: EvaluatorParams,
  { idColumn, columns }: Shape,
): Evaluator {
  const { moduleBytes } = PROGRAM_LIMITS
  if (source.length > moduleBytes)
    refuse('too_large', `it has ${source.length} bytes, at most ${moduleBytes} are taken`)
  const known = described(python.call('_described', [source], params))
  const lines = source.reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 1)
  const tell = (called: Called): Ran => told(called, { ...known, lines })
  const started = tell(python.call('_started', [source], params))
  if ('fault' in started) refuse('bad_python', started.detail ?? STOPS[started.fault] ?? started.fault)
  const named = (all: Shape['columns']) => all.map(({ name, type }) => [name, type === 'integer'])
  const about = { id: idColumn, columns: named(columns), truth: named([...columns, ...params.truthColumns]) }
  const tables = utf8.encode(JSON.stringify(about))
  return {
    wantsIds: true,
    run: (truth, submission, ids = utf8.encode('[]')) =>
      tell(python.call('_scored', [source, tables, ids, truth, submission], params)),
  }
}

const utf8 = new TextEncoder()
const NEWLINE = 0x0a
const STOPS: Readonly<Record<string, string>> = {
  evaluator_out_of_fuel: 'it needs more steps to begin than it may take',
  evaluator_trapped: 'it stops the interpreter',
  evaluator_too_deep: 'it calls itself too often',
  evaluator_no_room: 'it has no room in the memory that it may use',
}

function described(called: Called): Described {
  if ('stop' in called) return refuse('bad_python', 'it cannot be read with the fuel and memory that it may use')
  if (called.value.length === 0) return refuse('bad_python', 'it cannot be read')
  const found = JSON.parse(new TextDecoder().decode(called.value)) as Described
  if (found.error) refuse('bad_python', place(found.error, found.line ?? 0))
  return found
}

const place = (error: string, line: number): string => (line > 0 ? `${error} at line ${line} of ${SOURCE_NAME}` : error)

/** Bytes of an answer: how it ended, the score, and two numbers that say more of an error. */
const ANSWER = 17

/**
 * What the interpreter answered. The evaluator could have written these bytes, so that they choose among texts that are known, and say
 * no text of their own.
 */
function told(called: Called, { errors, texts, lines }: Described & { lines: number }): Ran {
  const { fuel } = called
  if ('stop' in called) return { fault: `evaluator_${called.stop}`, fuel }
  if (called.value.length !== ANSWER) return { fault: 'evaluator_trapped', fuel }
  const view = new DataView(called.value.buffer)
  const [score, first, second] = [view.getFloat64(1, true), view.getInt32(9, true), view.getInt32(13, true)]
  switch (ENDINGS[view.getUint8(0)]) {
    case 'score':
      return { score, fuel }
    case 'refused':
      return { fault: 'evaluator_refused', detail: texts[first] ?? '', fuel }
    case 'memory':
      return { fault: 'evaluator_no_room', fuel }
    case 'recursion':
      return { fault: 'evaluator_too_deep', fuel }
    case 'no_number':
      return { fault: 'evaluator_trapped', detail: 'It has no function score that returns a number', fuel }
    case 'raised':
      return {
        fault: 'evaluator_trapped',
        detail: place(errors[second] ?? 'Exception', first <= lines ? first : 0),
        fuel,
      }
    default:
      return { fault: 'evaluator_trapped', fuel }
  }
}
