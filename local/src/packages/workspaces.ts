/** The packages of this repository, each with its manifest, and which of them the registry gets. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

export type Manifest = Readonly<{
  name: string
  version: string
  private?: boolean
  description?: string
  license?: string
  engines?: { node?: string }
  repository?: { type: string; url: string; directory: string }
  publishConfig?: { access?: string; provenance?: boolean }
  exports?: Record<string, string | Record<string, string>>
  bin?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  workspaces?: string[]
}>

/** `folder`: its path from the root, with slashes. */
export type Workspace = Readonly<{ folder: string; manifest: Manifest }>

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest

export const workspaces: readonly Workspace[] = (readManifest('.').workspaces ?? []).map((folder) => ({
  folder,
  manifest: readManifest(folder),
}))

/** Published packages, each after those that it depends on. */
export const published: readonly Workspace[] = inOrder(workspaces.filter(({ manifest }) => !manifest.private))

/** Those of `found` that `workspace` needs at run time or for its types. */
export function dependenciesOf({ manifest }: Workspace, found = workspaces): Workspace[] {
  return found.filter((other) => manifest.dependencies?.[other.manifest.name] !== undefined)
}

function inOrder(found: Workspace[]): Workspace[] {
  const order: Workspace[] = []
  const visit = (workspace: Workspace) => {
    if (order.includes(workspace)) return
    dependenciesOf(workspace, found).forEach(visit)
    order.push(workspace)
  }
  found.forEach(visit)
  return order
}
