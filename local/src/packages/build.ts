/**
 * `npm run build`: compiles the published packages into their `dist` folders, each after those that it imports.
 * With folders as arguments only those and what they import; `npm pack` and `npm publish` call it so (script `prepack`).
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundle } from './bundle.ts'
import { dependenciesOf, published, ROOT, type Workspace } from './workspaces.ts'

/** Files from outside a package that it reads at run time: where from, and where in its folder. */
const ASSETS: Record<string, readonly (readonly [from: string, to: string])[]> = {
  'contracts/client': [
    ['contracts/stellartrain/stellartrain.wasm', 'dist/wasm/stellartrain.wasm'],
    ['contracts/records/records.wasm', 'dist/wasm/records.wasm'],
    ['contracts/jury/jury.wasm', 'dist/wasm/jury.wasm'],
    ['contracts/gate/gate.wasm', 'dist/wasm/gate.wasm'],
    ['contracts/recount/recount.wasm', 'dist/wasm/recount.wasm'],
  ],
  // What runs ONNX models, with its license.
  'oracle/grade': ['onnxruntime.packed', 'LICENSE', 'README.md'].map((name) => [
    `oracle/grade/src/onnx/runtime/${name}`,
    `dist/onnx/runtime/${name}`,
  ]),
}

/** @throws Error with what the compiler said */
export async function build(folders: readonly string[]): Promise<void> {
  const wanted = published.filter(({ folder }) => folders.includes(folder))
  const missing = folders.filter((folder) => !wanted.some((workspace) => workspace.folder === folder))
  if (missing.length > 0) throw new Error(`Not a published package: ${missing.join(', ')}`)
  const all = published.filter((workspace) => wanted.some((one) => needs(one, workspace)))
  // What a renamed or deleted source left behind must not be packed.
  for (const { folder } of wanted) rmSync(join(ROOT, folder, 'dist'), { recursive: true, force: true })
  for (const { folder } of all) copyFiles(folder)
  const projects = wanted.map(({ folder }) => join(ROOT, folder, 'tsconfig.build.json'))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', ...projects],
    { cwd: ROOT, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`The packages do not compile:\n${stdout}${stderr}`)
  for (const { folder } of all) {
    nameCompiledFiles(folder)
    await bundle(folder)
  }
}

function needs(workspace: Workspace, other: Workspace): boolean {
  return workspace === other || dependenciesOf(workspace, [...published]).some((next) => needs(next, other))
}

/** The license, and what the compiler passes over: generated JavaScript with its declarations, files of other folders. */
function copyFiles(folder: string): void {
  copyFileSync(join(ROOT, 'LICENSE'), join(ROOT, folder, 'LICENSE'))
  for (const path of globSync('src/**/generated', { cwd: join(ROOT, folder) }))
    cpSync(join(ROOT, folder, path), join(ROOT, folder, path.replace(/^src/, 'dist')), {
      recursive: true,
      filter: (file) => statSync(file).isDirectory() || /\.js$|\.d\.ts$/.test(file),
    })
  for (const [from, to] of ASSETS[folder] ?? []) {
    mkdirSync(dirname(join(ROOT, folder, to)), { recursive: true })
    copyFileSync(join(ROOT, from), join(ROOT, folder, to))
  }
}

/** The compiler renames modules in imports; in `new URL('./worker.ts', import.meta.url)` it does not. */
function nameCompiledFiles(folder: string): void {
  for (const path of globSync('dist/**/*.js', { cwd: join(ROOT, folder) })) {
    const file = join(ROOT, folder, path)
    const text = readFileSync(file, 'utf8')
    const renamed = text.replace(/(new URL\(['"]\.{1,2}\/[^'"]+)\.ts(['"], import\.meta\.url\))/g, '$1.js$2')
    if (renamed !== text) writeFileSync(file, renamed)
  }
}

if (import.meta.main) {
  const asked = process.argv.slice(2)
  const folders = asked.length > 0 ? asked : published.map(({ folder }) => folder)
  try {
    await build(folders)
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
