/** Kubernetes manifests against the API's own description (and CloudNativePG's), as strictly as `kubectl apply --validate=strict`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { parse } from 'yaml'
import { goModule } from './go-module.ts'

/** Carries api/openapi-spec/swagger.json. */
const API = 'k8s.io/kubernetes@v1.36.3'
/** Carries the definition of its Cluster. */
const DATABASE = 'github.com/cloudnative-pg/cloudnative-pg@v1.27.1'

type Schema = {
  type?: string
  format?: string
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[]
  'x-kubernetes-int-or-string'?: boolean
  'x-kubernetes-preserve-unknown-fields'?: boolean
}
export type Described = { apiVersion?: string; kind?: string; metadata?: { name?: string } }

/** Whether an object is what its kind says; a sentence for each difference. */
export type Check = (object: Described) => string[]

/** @returns null where the descriptions cannot be had */
export function kubernetesSchema(): Check | null {
  const folders = [goModule(API), goModule(DATABASE)]
  const [api, database] = folders
  if (!api || !database) return null
  const { definitions } = JSON.parse(readFileSync(join(api, 'api/openapi-spec/swagger.json'), 'utf8')) as {
    definitions: Record<string, Schema>
  }
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema({
    $id: 'api',
    definitions: Object.fromEntries(Object.entries(definitions).map(([name, one]) => [name, strict(one)])),
  })
  const checks = new Map<string, (data: unknown) => ErrorObject[]>()
  for (const [name, one] of Object.entries(definitions))
    for (const { group, version, kind } of one['x-kubernetes-group-version-kind'] ?? []) {
      const of = [group, version].filter(Boolean).join('/')
      if (!/(List|Options)$/.test(kind)) checks.set(`${of} ${kind}`, lazily(ajv, { $ref: `api#/definitions/${name}` }))
    }
  const cluster = parse(readFileSync(join(database, 'config/crd/bases/postgresql.cnpg.io_clusters.yaml'), 'utf8')) as {
    spec: { group: string; versions: { name: string; schema: { openAPIV3Schema: Schema } }[] }
  }
  for (const { name, schema } of cluster.spec.versions)
    checks.set(`${cluster.spec.group}/${name} Cluster`, lazily(ajv, strict(schema.openAPIV3Schema)))

  return (object) => {
    const check = checks.get(`${object.apiVersion} ${object.kind}`)
    if (!check) return [`no API has the kind ${object.apiVersion} ${object.kind}`]
    const name = `${object.kind} ${object.metadata?.name}`
    return check(object).map(
      ({ instancePath, message, params }) => `${name}${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
}

/** Compiled when first used: there are hundreds. */
function lazily(ajv: Ajv, schema: object): (data: unknown) => ErrorObject[] {
  let compiled: ValidateFunction | undefined
  return (data) => {
    compiled ??= ajv.compile(schema)
    return compiled(data) ? [] : (compiled.errors ?? [])
  }
}

/** Without fields that nobody knows, and with what YAML may write of a number or a string. */
function strict(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') {
    const { type: _, ...rest } = schema
    return rest
  }
  const { properties, items, additionalProperties } = schema
  // Metadata of a custom resource is the API's own and is not described again.
  const open = schema['x-kubernetes-preserve-unknown-fields'] || (schema.type === 'object' && !properties)
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, strict(one)])),
      additionalProperties: open ? true : (additionalProperties ?? false),
    }),
    ...(items && { items: strict(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: strict(additionalProperties) }),
  }
}
