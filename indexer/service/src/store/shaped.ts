/**
 * Statements that are built once: making the text of one takes longer than sending it. A shape is a statement without its values; it is
 * built with slots in their places, and each later request sends the same text with its own values.
 */
import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Database } from './database.ts'

class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Values = Readonly<Record<string, unknown>>

/** Texts are few; what would be beyond these is built each time. */
const MOST = 500

const shapes = new Map<string, CompiledQuery<unknown>>()

/**
 * @param shape names the statement and all that changes its text, but for which of the values are given
 * @param build is called with a slot for each given value, and puts them only where a parameter stands
 */
export async function readShaped<Row, V extends Values>(
  db: Kysely<Database>,
  shape: string,
  values: V,
  build: (values: V) => Compilable<Row>,
): Promise<Row[]> {
  const given = Object.keys(values).filter((name) => values[name] !== undefined)
  const key = `${shape} ${given.join()}`
  let text = shapes.get(key) as CompiledQuery<Row> | undefined
  if (!text) {
    text = build(Object.fromEntries(given.map((name) => [name, new Slot(name)])) as V).compile()
    if (shapes.size < MOST) shapes.set(key, text)
  }
  const parameters = text.parameters.map((one) => (one instanceof Slot ? values[one.name] : one))
  const asked = { ...text, parameters } as CompiledQuery<Row>
  return (await db.executeQuery(asked)).rows
}
