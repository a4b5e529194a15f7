/** Kubernetes manifests by rules of ours, and by kustomize where it is installed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { Described } from './kubernetes-schema.ts'
import { tryTool } from './tools.ts'

type Mount = { name: string }
type Container = {
  name: string
  image: string
  securityContext?: Record<string, unknown>
  resources?: { limits?: Record<string, string> }
  livenessProbe?: object
  readinessProbe?: object
  env?: { name: string; value?: string }[]
  volumeMounts?: Mount[]
}
type PodSpec = { containers: Container[]; securityContext?: Record<string, unknown>; volumes?: Mount[] }
type Manifest = {
  kind: string
  metadata: { name: string }
  spec?: { template?: { spec: PodSpec }; volumeClaimTemplates?: { metadata: Mount }[] }
}

export function kubernetesProblems(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'))
  const own = files.flatMap((file) => {
    const documents = parseAllDocuments(readFileSync(join(folder, file), 'utf8'))
    return documents.flatMap((document) => [
      ...document.errors.map((error) => `${file}: ${error.message}`),
      ...manifestProblems(document.toJSON() as Manifest).map((problem) => `${file}: ${problem}`),
    ])
  })
  return [...own, ...tryTool('kustomize', ['build', join(folder, 'example')])]
}

/** What an API is to take: without the files that are kustomize's own. */
export function manifestsIn(folder: string): { file: string; object: Described }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'))
    .flatMap((file) =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((one) => ({
        file,
        object: one.toJSON() as Described,
      })),
    )
}

export function manifestProblems({ kind, metadata, spec }: Manifest): string[] {
  const pod = spec?.template?.spec
  if (!pod) return []
  const problems: string[] = []
  const expect = (ok: boolean, problem: string) => void (ok || problems.push(`${kind} ${metadata.name} ${problem}`))
  expect(pod.securityContext?.runAsNonRoot === true, 'may run as root')
  const volumes = new Set(
    [...(pod.volumes ?? []), ...(spec?.volumeClaimTemplates ?? []).map((claim) => claim.metadata)].map(
      ({ name }) => name,
    ),
  )
  for (const { securityContext: context = {}, resources, env = [], ...container } of pod.containers) {
    expect(context.allowPrivilegeEscalation === false, 'may gain privileges')
    expect(context.readOnlyRootFilesystem === true, 'can write its root file system')
    expect(JSON.stringify(context.capabilities) === '{"drop":["ALL"]}', 'keeps capabilities')
    expect(Boolean(resources?.limits?.memory), 'has no limit of memory')
    expect(Boolean(container.livenessProbe && container.readinessProbe), 'has no probes')
    for (const { name } of container.volumeMounts ?? [])
      expect(volumes.has(name), `mounts ${name}, which is not a volume`)
    for (const { name, value } of env)
      expect(
        !/(SECRET|PASSWORD|_KEY|DB_URL)/.test(name) || /_FILE$/.test(name) || !value,
        `has ${name} in its environment`,
      )
  }
  return problems
}
