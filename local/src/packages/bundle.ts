/** Makes one file of each export of a package that is made of many small modules: reading and linking those takes longer than most work. */
import { globSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Manifest, ROOT, readManifest } from './workspaces.ts'

/** Who uses one of these starts anew for each use: a command, a process that grades. */
const BUNDLED: readonly string[] = ['oracle/grade']

/** Replaces the compiled modules of a package in its `dist` by its exports and what they share; declarations stay. */
export async function bundle(folder: string): Promise<void> {
  if (!BUNDLED.includes(folder)) return
  const dist = join(ROOT, folder, 'dist')
  const manifest = readManifest(folder)
  const { rolldown } = await import('rolldown')
  const made = await rolldown({
    input: entriesOf(manifest),
    cwd: join(ROOT, folder),
    platform: 'neutral',
    external: Object.keys(manifest.dependencies ?? {})
      .flatMap((name) => [name, new RegExp(`^${name}/`)])
      .concat(/^node:/),
    resolve: { conditionNames: ['stellartrain-source', 'import'] },
    transform: { target: 'es2024' },
  })
  try {
    for (const path of globSync('**/*.js', { cwd: dist })) rmSync(join(dist, path))
    const { output } = await made.write({ dir: dist, format: 'esm', chunkFileNames: 'shared/[name]-[hash].js' })
    // A module looks for files from where it stands, so it must stay there.
    const moved = output.find(
      (one) => one.type === 'chunk' && !one.isEntry && /new URL\([^)]*import\.meta/.test(one.code),
    )
    if (moved) throw new Error(`${folder}: ${moved.fileName} looks for a file beside it, which only an export can do.`)
  } finally {
    await made.close()
  }
}

/** Sources by the compiled file that stands for each of them, without its ending. */
function entriesOf({ name, exports = {} }: Manifest): Record<string, string> {
  const entries = Object.values(exports).map((target): [string, string] => {
    const { default: compiled, 'stellartrain-source': source } = target as Record<string, string>
    if (!compiled || !source) throw new Error(`${name} has an export that no module is compiled for.`)
    return [relative('dist', compiled).replace(/\.js$/, ''), source]
  })
  return Object.fromEntries(entries)
}
