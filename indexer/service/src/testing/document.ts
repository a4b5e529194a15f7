/** Holds every answer of a test against the OpenAPI document: path, status, media type, and each field, with none that is not described. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { openApiDocument } from '../api/openapi.ts'

type Node = Record<string, unknown>
type Operation = { responses: Record<string, { content?: Record<string, { schema: unknown }> }> }
type Document = { paths: Record<string, Record<string, Operation>> }

/** No field but those that are described, wherever an object is not a part of another. */
function closed(node: unknown, part = false): unknown {
  if (Array.isArray(node)) return node.map((one) => closed(one, part))
  if (typeof node !== 'object' || node === null) return node
  const copy: Node = {}
  for (const [key, value] of Object.entries(node as Node)) {
    // Only a schema has schemas in it; an example has not.
    copy[key] = key === 'example' || key === 'enum' ? value : closed(value, key === 'allOf')
  }
  const object = '$ref' in copy || 'properties' in copy || 'allOf' in copy
  return object && !part && typeof copy.properties !== 'string' ? { ...copy, unevaluatedProperties: false } : copy
}

function pathsOf(document: Document) {
  return Object.entries(document.paths).map(([path, operations]) => ({
    path,
    operations,
    pattern: new RegExp(`^${path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }))
}

const isTime = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)

export type Checked = { method: string; path: string; status: number; type: string | null; body: string }

/** @returns what is wrong with an answer, or null */
export function createDocumentCheck(): (answer: Checked) => string | null {
  const document = openApiDocument() as Document
  const { components } = document as unknown as { components: { schemas: Record<string, unknown> } }
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true })
  ajv.addFormat('date-time', isTime)
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/)
  for (const format of ['binary', 'uuid', 'uri']) ajv.addFormat(format, true)
  // Components stay open where they are parts of others; the places that use them close them.
  const schemas = Object.fromEntries(
    Object.entries(components.schemas).map(([name, schema]) => [name, closed(schema, true)]),
  )
  ajv.addSchema({ $id: 'document', components: { schemas } })
  const paths = pathsOf(document)
  const compiled = new Map<string, ValidateFunction>()

  return ({ method, path, status, type, body }) => {
    const found = paths.filter(({ pattern }) => pattern.test(path))
    // The document and its page are not described by themselves; what is not there is refused alike everywhere.
    if (found.length === 0)
      return status === 404 || /^\/(docs|openapi\.json|llms\.txt|mcp|auth|\.well-known)/.test(path)
        ? null
        : 'is not in the document'
    if (status === 405) return null
    const [one] = found
    const operation = one!.operations[method === 'HEAD' ? 'get' : method.toLowerCase()]
    const answer = operation?.responses[String(status)]
    if (!answer) return `answers ${status}, which is not in the document`
    if (status === 204 || status === 304 || method === 'HEAD') return body === '' ? null : 'has a body'
    const media = type?.split(';')[0] ?? ''
    const described = answer.content?.[media]
    if (!described) return `answers with ${media}, which is not in the document`
    if (!media.endsWith('json')) return null
    const id = `${one!.path} ${status} ${media}`
    const check = compiled.get(id) ?? ajv.compile(rooted(closed(described.schema)) as Node)
    compiled.set(id, check)
    if (check(JSON.parse(body))) return null
    return ajv.errorsText(check.errors, { separator: '\n' })
  }
}

/** References as seen from outside the document. */
function rooted(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rooted)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node as Node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? value.replace(/^#/, 'document#') : rooted(value),
    ]),
  )
}
