/**
 * How every command of this repository starts from its TypeScript sources, also where npm and npx did not prepare it (node_modules/.bin called
 * directly, a unit of systemd): under the export condition of the sources, and with the Node that `npm install` brought where this one is too old
 * for them. In no package: what is installed from the registry is compiled.
 * Plain JavaScript without dependencies, so that any Node can read it.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as modules from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CONDITION = 'stellartrain-source'
/** Runs TypeScript, takes the condition from within, and has what the libraries of every command need. */
const NEEDED = [22, 19]

/**
 * @param bin the address of the command's own file
 * @param name the command
 * @returns whether this process can import sources now; else another one does the work, or stderr says what is missing
 */
export function fromSources(bin, name) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) {
    takeSources()
    return true
  }
  const node = newerNode(dirname(fileURLToPath(bin)))
  if (node) handOver(node, fileURLToPath(bin), name)
  else
    fail(
      `${name} needs Node ${NEEDED.join('.')} or newer; this is ${process.version}. Run \`npm install\`, which brings one, or install a newer Node.`,
    )
  return false
}

/** What `node --conditions` does, for a process that was started without it. */
function takeSources() {
  // Keeps the modules compiled between runs; stripping their types each time would cost more than most commands.
  modules.enableCompileCache?.()
  modules.registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, CONDITION] }),
  })
}

function handOver(node, file, name) {
  const child = spawn(node, [file, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`${name} could not start ${node}: ${error.message}`))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 2
}

function newerNode(start) {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', 'node')
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return undefined
  }
}
