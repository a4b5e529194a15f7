/**
 * Writes what readers of a contract need beside its bindings, out of the wasm's own specification: its refusals in words, and
 * its events with the names and types of their fields. Usage: tables.mjs WASM FOLDER
 *
 * The bindings hold the same, but only together with the whole Stellar SDK; these are plain tables.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Spec } from '@stellar/stellar-sdk/contract'

const [wasm, folder] = process.argv.slice(2)
const bytes = readFileSync(wasm)
const spec = Spec.fromWasm(bytes)

/** A type as the contract's source writes it: `u32`, `Cid`, `vec<Row>`, `option<Judge>`. */
function nameOf(type) {
  switch (type.type) {
    case 'scSpecTypeUdt':
      return String(type.udt.name)
    case 'scSpecTypeVec':
      return `vec<${nameOf(type.vec.elementType)}>`
    case 'scSpecTypeOption':
      return `option<${nameOf(type.option.valueType)}>`
    case 'scSpecTypeBytesN':
      return `bytes${type.bytesN.n}`
    default:
      return type.type.replace(/^scSpecType/, '').toLowerCase()
  }
}

/** The contract's own errors; libraries inside it have enums of other names. */
const errors = spec.entries
  .filter((entry) => entry.type === 'scSpecEntryUdtErrorEnumV0' && String(entry.value.name) === 'Error')
  .flatMap((entry) => entry.value.cases)
  .map((line) => [line.value, { name: String(line.name), sentence: String(line.doc).replace(/\s+/g, ' ').trim() }])
  .sort(([one], [other]) => one - other)

const events = spec.events().map((event) => {
  const [name, ...more] = event.prefixTopics.map(String)
  if (more.length > 0 || event.dataFormat.name !== 'scSpecEventDataFormatMap')
    throw new Error(`events like ${name} are not read by the client`)
  const fields = (place) =>
    Object.fromEntries(
      event.params
        .filter((param) => (param.location.name === 'scSpecEventParamLocationTopicList') === (place === 'topics'))
        .map((param) => [String(param.name), nameOf(param.type)]),
    )
  return [name, { topics: fields('topics'), data: fields('data') }]
})

/** The pairs of a contract's meta, XDR: kind 0, key, value. */
function metaOf(key) {
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), 'contractmetav0')
  const meta = Buffer.from(section)
  for (let at = 0; at < meta.length; ) {
    const text = () => {
      const length = meta.readUInt32BE(at)
      const found = meta.toString('utf8', at + 4, at + 4 + length)
      at += 4 + Math.ceil(length / 4) * 4
      return found
    }
    at += 4
    const [name, value] = [text(), text()]
    if (name === key) return value
  }
  throw new Error(`the meta of ${wasm} has no ${key}`)
}

const entries = (pairs) => pairs.map(([key, value]) => `  ${key}: ${JSON.stringify(value)},\n`).join('')
const shapes = (pairs) => pairs.map(([key, value]) => `  readonly ${key}: ${JSON.stringify(value)},\n`).join('')
const version = Number(metaOf('event_version'))

writeFileSync(
  join(folder, 'errors.js'),
  `/** Code → name and sentence. */\nexport const ERRORS = {\n${entries(errors)}};\n`,
)
writeFileSync(
  join(folder, 'errors.d.ts'),
  `/** Code → name and sentence. */
export declare const ERRORS: Readonly<Record<number, { readonly name: string; readonly sentence: string }>>;\n`,
)
writeFileSync(
  join(folder, 'events.js'),
  `/** The form of these events, as \`config\` tells it. */
export const EVENT_VERSION = ${version};
/** Name on the wire → names and types of the topics after it, in their order, and of the fields. */
export const EVENTS = {\n${entries(events)}};\n`,
)
writeFileSync(
  join(folder, 'events.d.ts'),
  `/** The form of these events, as \`config\` tells it. */
export declare const EVENT_VERSION: ${version};
/** Name on the wire → names and types of the topics after it, in their order, and of the fields. */
export declare const EVENTS: {\n${shapes(events)}};\n`,
)
