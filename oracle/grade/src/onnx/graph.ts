/** What of an ONNX file decides what it computes and costs: operators with their attributes, constants with their shapes, inputs and outputs. */
import { ELEMENTS, type Elements } from './elements.ts'
import { quoted, refuse } from './refusal.ts'
import { Message } from './wire.ts'

export interface Attribute {
  readonly kind: number
  readonly int: number
  readonly float: number
  readonly text: string
  readonly ints: readonly number[]
  /** How many there are; of texts, and of a single one, also the bytes of the longest. */
  readonly floats: number
  readonly texts: number
  readonly longest: number
  /** Places of the texts that mark a leaf of a tree. */
  readonly leaves: readonly number[]
  readonly tensor: Constant | undefined
}

export interface Node {
  readonly op: string
  readonly domain: string
  /** Empty for one that is left out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, Attribute>
}

/** A tensor that stands in the file. */
export interface Constant {
  readonly name: string
  readonly elements: Elements
  readonly dims: readonly number[]
  /** Of few integers: what they are, as sizes and axes have to be known. */
  readonly values: readonly number[] | undefined
  /** Bytes of the longest text. */
  readonly longest: number
}

export interface Port {
  readonly name: string
  readonly elements: Elements | undefined
  /** Undefined where none is said; a name, or null, for a size that is not said. */
  readonly dims: readonly (number | string | null)[] | undefined
}

export interface Graph {
  readonly opset: number
  readonly nodes: readonly Node[]
  readonly constants: readonly Constant[]
  /** Without those that a constant is given for. */
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
}

/** Counted, so that reading a hostile file ends. Far beyond what fits into the 16 MiB of a model. */
export const GRAPH_LIMITS = {
  nodes: 10_000,
  constants: 20_000,
  /** Inputs and outputs of the graph, and of one operator. */
  ports: 2_048,
  attributes: 100,
  /** Of one attribute. */
  ints: 2_000_000,
  rank: 8,
  /** Of one tensor. */
  elements: 2 ** 30,
  /** Levels of a tree in an ensemble: the runtime calls itself for each, and a thousand are near what the stack of an engine holds. */
  levels: 256,
  /** Integers whose values are looked at. */
  values: 1_024,
} as const

const OPSETS = { main: { least: 13, most: 24 }, ml: { least: 1, most: 4 } }
const DOMAINS = { '': OPSETS.main, 'ai.onnx': OPSETS.main, 'ai.onnx.ml': OPSETS.ml }
const IR = { least: 6, most: 12 }

/** Throws `RefusedGraph`. */
export function readGraph(bytes: Uint8Array): Graph {
  const model = new Message(bytes)
  let graph: ReturnType<typeof readBody> | undefined
  let ir = 0
  const opsets = new Map<string, number>()
  while (model.next()) {
    // ir_version, graph, opset_import; training_info, functions. The rest says who made it.
    if (model.field === 1) ir = model.once().int()
    else if (model.field === 7) graph = readBody(model.once().message())
    else if (model.field === 8) addOpset(opsets, model.message())
    else if (model.field === 20 || model.field === 25) refuse('has_functions', 'leave them out')
    else model.skip()
  }
  if (!graph) return refuse('malformed', 'it has no graph')
  if (ir < IR.least || ir > IR.most)
    refuse('wrong_version', `IR version ${ir}; what is run is ${IR.least} to ${IR.most}`)
  const opset = opsets.get('')
  if (opset === undefined) return refuse('wrong_version', 'it says no operator set of ai.onnx')
  return { opset, ...graph }
}

function addOpset(opsets: Map<string, number>, message: Message): void {
  let [domain, version] = ['', 0]
  while (message.next()) {
    if (message.field === 1) domain = message.once().text()
    else if (message.field === 2) version = message.once().int()
    else message.skip()
  }
  const range = Object.hasOwn(DOMAINS, domain) ? DOMAINS[domain as keyof typeof DOMAINS] : undefined
  // A domain that is named and not used does no harm, and converters name some.
  if (!range) return
  if (version < range.least || version > range.most) {
    const name = domain || 'ai.onnx'
    refuse('wrong_version', `operator set ${version} of ${name}; what is run is ${range.least} to ${range.most}`)
  }
  const name = domain === 'ai.onnx' ? '' : domain
  if ((opsets.get(name) ?? version) !== version) refuse('wrong_version', 'it says two operator sets of one domain')
  opsets.set(name, version)
}

function readBody(message: Message): Omit<Graph, 'opset'> {
  const nodes: Node[] = []
  const constants: Constant[] = []
  const inputs: Port[] = []
  const outputs: Port[] = []
  while (message.next()) {
    // node, initializer, input, output; sparse_initializer. What is left are names, notes and hints of shapes.
    if (message.field === 1) nodes.push(readNode(message.message()))
    else if (message.field === 5) constants.push(readConstant(message.message()))
    else if (message.field === 11) inputs.push(readPort(message.message()))
    else if (message.field === 12) outputs.push(readPort(message.message()))
    else if (message.field === 15) refuse('wrong_type', 'sparse tensors')
    else message.skip()
    atMost(nodes.length, GRAPH_LIMITS.nodes, 'operators')
    atMost(constants.length, GRAPH_LIMITS.constants, 'constants')
    atMost(Math.max(inputs.length, outputs.length), GRAPH_LIMITS.constants, 'inputs or outputs')
  }
  const given = new Set(constants.map(({ name }) => name))
  const asked = inputs.filter(({ name }) => !given.has(name))
  atMost(Math.max(asked.length, outputs.length), GRAPH_LIMITS.ports, 'inputs or outputs')
  return { nodes, constants, inputs: asked, outputs }
}

const atMost = (count: number, most: number, what: string): void => {
  if (count > most) refuse('too_large', `it has more than ${most} ${what}`)
}

function readNode(message: Message): Node {
  let [op, domain] = ['', '']
  const inputs: string[] = []
  const outputs: string[] = []
  const attributes = new Map<string, Attribute>()
  while (message.next()) {
    // input, output, op_type, attribute, domain; overload names a function.
    if (message.field === 1) inputs.push(message.text())
    else if (message.field === 2) outputs.push(message.text())
    else if (message.field === 4) op = message.once().text()
    else if (message.field === 5) {
      const [name, attribute] = readAttribute(message.message())
      if (attributes.has(name)) refuse('malformed', `the attribute ${quoted(name)} occurs twice`)
      attributes.set(name, attribute)
    } else if (message.field === 7) domain = message.once().text()
    else if (message.field === 8) {
      if (message.once().text() !== '') refuse('has_functions', 'leave them out')
    } else message.skip()
    atMost(Math.max(inputs.length, outputs.length), GRAPH_LIMITS.ports, 'inputs or outputs of an operator')
    atMost(attributes.size, GRAPH_LIMITS.attributes, 'attributes of an operator')
  }
  return { op, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs, attributes }
}

function readAttribute(message: Message): [string, Attribute] {
  let name = ''
  const ints: number[] = []
  const leaves: number[] = []
  let tensor: Constant | undefined
  const found = { kind: 0, int: 0, float: 0, text: '', floats: 0, texts: 0, longest: 0 }
  while (message.next()) {
    switch (message.field) {
      case 1:
        name = message.once().text()
        break
      case 2:
        found.float = message.once().float()
        break
      case 3:
        found.int = message.once().int()
        break
      case 4: {
        const bytes = message.once().bytes()
        found.text = bytes.length > 100 ? '' : latin(bytes)
        found.longest = Math.max(found.longest, bytes.length)
        break
      }
      case 5:
        tensor = readConstant(message.once().message())
        break
      case 7:
        found.floats += message.fixed(4)
        break
      case 8:
        message.ints((value) => {
          if (ints.push(value) > GRAPH_LIMITS.ints)
            refuse('too_large', `an attribute has more than ${GRAPH_LIMITS.ints} integers`)
        })
        break
      case 9: {
        const bytes = message.bytes()
        if (bytes.length === 4 && latin(bytes) === 'LEAF') leaves.push(found.texts)
        found.longest = Math.max(found.longest, bytes.length)
        found.texts++
        break
      }
      case 20:
        found.kind = message.once().int()
        break
      // g, graphs
      case 6:
      case 11:
        return refuse('subgraph', `the attribute ${quoted(name)}`)
      // tensors, sparse_tensor(s), tp, type_protos; ref_attr_name
      case 10:
      case 14:
      case 15:
      case 21:
      case 22:
      case 23:
        return refuse('wrong_type', `the attribute ${quoted(name)}`)
      default:
        message.skip()
    }
  }
  return [name, { ...found, ints, leaves, tensor }]
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** TensorProto's typed fields: how many bytes one element takes there, 0 for numbers of any length. */
const TYPED: Readonly<Record<number, { fixed: 4 | 8 | 0; holds: readonly Elements[] }>> = {
  4: { fixed: 4, holds: ['float32'] },
  5: { fixed: 0, holds: ['int32', 'bool'] },
  7: { fixed: 0, holds: ['int64'] },
  10: { fixed: 8, holds: ['float64'] },
}

function readConstant(message: Message): Constant {
  const dims: number[] = []
  const values: number[] = []
  let [name, type, longest, texts] = ['', 0, 0, 0]
  let raw: Uint8Array | undefined
  const counts = new Map<number, number>()
  const add = (field: number, count: number): void => void counts.set(field, (counts.get(field) ?? 0) + count)
  while (message.next()) {
    const typed = TYPED[message.field]
    if (message.field === 1) {
      message.ints((size) => {
        if (dims.push(size) > GRAPH_LIMITS.rank)
          refuse('too_large', `a tensor has more than ${GRAPH_LIMITS.rank} dimensions`)
      })
    } else if (message.field === 2) type = message.once().int()
    else if (message.field === 3) refuse('wrong_type', 'a tensor in segments')
    else if (typed && typed.fixed !== 0) add(message.field, message.fixed(typed.fixed))
    else if (typed) {
      const { field } = message
      message.ints((value) => {
        add(field, 1)
        if (values.length <= GRAPH_LIMITS.values) values.push(value)
      })
    } else if (message.field === 6) {
      longest = Math.max(longest, message.bytes().length)
      texts++
    } else if (message.field === 8) name = message.once().text()
    else if (message.field === 9) raw = message.once().bytes()
    else if (message.field === 11) refuse('wrong_type', 'a tensor of uint64')
    else if (message.field === 13) refuse('external_data', quoted(name))
    else if (message.field === 14) {
      if (message.once().int() !== 0) refuse('external_data', quoted(name))
    } else message.skip()
  }
  const elements = elementsOf(type, `the constant ${quoted(name)}`)
  const count = countOf(dims, `the constant ${quoted(name)}`)
  const held = [...counts].filter(([, many]) => many > 0)
  const misplaced =
    held.some(([field]) => !TYPED[field]!.holds.includes(elements)) || (texts > 0 && elements !== 'string')
  const inFields = elements === 'string' ? texts : held.reduce((all, [, many]) => all + many, 0)
  const inRaw = raw && elements !== 'string' ? raw.length / ELEMENTS[elements].bytes : 0
  if (misplaced || (inFields > 0 && raw && raw.length > 0) || inFields + inRaw !== count)
    refuse('malformed', `the constant ${quoted(name)} does not have as many values as its shape says`)
  const known = elements === 'int64' || elements === 'int32'
  const found = known && count <= GRAPH_LIMITS.values ? (raw?.length ? intsOf(raw, elements) : values) : []
  return {
    name,
    elements,
    dims,
    longest,
    values: known && found.length === count ? knownAs(elements, found) : undefined,
  }
}

/** Integers as both readers see them: what is cut off or rounded on the way is not known. */
export function knownAs(elements: Elements, values: readonly number[]): readonly number[] | undefined {
  const fits = elements === 'int32' ? (value: number) => value === (value | 0) : Number.isSafeInteger
  return (elements === 'int32' || elements === 'int64') && values.every(fits) ? values : undefined
}

function intsOf(raw: Uint8Array, elements: 'int32' | 'int64'): number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  const { bytes } = ELEMENTS[elements]
  return Array.from({ length: raw.length / bytes }, (_, i) =>
    elements === 'int32' ? view.getInt32(4 * i, true) : Number(view.getBigInt64(8 * i, true)),
  )
}

export function elementsOf(code: number, what: string): Elements {
  const found = (Object.keys(ELEMENTS) as Elements[]).find((name) => ELEMENTS[name].code === code)
  return found ?? refuse('wrong_type', `${what} has elements of type ${code}`)
}

/** Throws for sizes below 0 and for more elements than any tensor has here. */
export function countOf(dims: readonly number[], what: string): number {
  for (const size of dims)
    if (!(Number.isSafeInteger(size) && size >= 0)) refuse('malformed', `${what} has a size of ${size}`)
  const places = placesOf(dims)
  if (places > GRAPH_LIMITS.elements) refuse('too_large', `${what} has ${places} elements`)
  return dims.includes(0) ? 0 : places
}

/** What a walk over all other axes takes: of a tensor that has no element, too. */
export const placesOf = (dims: readonly number[]): number => dims.reduce((all, size) => all * Math.max(1, size), 1)

function readPort(message: Message): Port {
  let name = ''
  let port: Omit<Port, 'name'> = { elements: undefined, dims: undefined }
  while (message.next()) {
    if (message.field === 1) name = message.once().text()
    else if (message.field === 2) port = readType(message.once().message())
    else message.skip()
  }
  return { name, ...port }
}

function readType(message: Message): Omit<Port, 'name'> {
  let port: Omit<Port, 'name'> = { elements: undefined, dims: undefined }
  while (message.next()) {
    // tensor_type; all others are sequences, maps and the like.
    if (message.field === 1) port = readTensorType(message.once().message())
    else if (message.field === 6) message.skip()
    else
      refuse(
        'wrong_type',
        'an input or output that is not a tensor; converters make such of probabilities, unless told `zipmap=False`',
      )
  }
  return port
}

function readTensorType(message: Message): Omit<Port, 'name'> {
  let elements: Elements | undefined
  let dims: Port['dims']
  while (message.next()) {
    if (message.field === 1) elements = elementsOf(message.once().int(), 'an input or output')
    else if (message.field === 2) dims = readShape(message.once().message())
    else message.skip()
  }
  return { elements, dims }
}

function readShape(message: Message): (number | string | null)[] {
  const dims: (number | string | null)[] = []
  while (message.next()) {
    if (message.field !== 1) {
      message.skip()
      continue
    }
    let size: number | string | null = null
    const dim = message.message()
    while (dim.next()) {
      if (dim.field === 1) size = dim.once().int()
      else if (dim.field === 2) size = dim.once().text() || null
      else dim.skip()
    }
    if (dims.push(size) > GRAPH_LIMITS.rank)
      refuse('too_large', `an input or output has more than ${GRAPH_LIMITS.rank} dimensions`)
  }
  return dims
}
