/**
 * `npm run check:packages`: packs every published package, installs the tarballs in an empty folder outside the repository, and
 * uses them there: imports, commands, the local network, types. The network is needed for the registry alone.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callDevnet, checkTypes, gradeInProcess, importAll, install, type Packed, runCommands } from './consumer.ts'
import { checkTarball, packAll } from './tarball.ts'
import { published } from './workspaces.ts'

/** @throws Error where packing or installing fails; everything else that is wrong is among the problems */
export async function check(folder: string): Promise<{ packed: Packed[]; problems: string[] }> {
  const since = Date.now()
  const say = (what: string) => console.log(`${String(Math.round((Date.now() - since) / 1000)).padStart(4)} s  ${what}`)
  const problems: string[] = []
  const packed = await packAll(join(folder, 'tarballs'))
  say(`packed ${packed.length} packages`)
  const consumer = join(folder, 'consumer')
  const installed = install(consumer, packed).then(() => say('installed outside the repository'))
  installed.catch(() => {}) // reported where it is awaited
  for (const one of packed) problems.push(...(await checkTarball(one, join(folder, 'unpacked', one.manifest.name))))
  say('contents, publint, types by every resolver')
  await installed
  problems.push(...(await importAll(consumer, packed)))
  say('every export imported')
  problems.push(...(await runCommands(consumer, packed)))
  say('every command answered')
  problems.push(...(await callDevnet(consumer)), ...(await gradeInProcess(consumer)))
  say('local network and grading process ran')
  problems.push(...(await checkTypes(consumer, packed)))
  say('the examples of the READMEs type-check')
  return { packed, problems }
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-packages-'))
  const keep = process.argv.includes('--keep')
  process.on('exit', () => (keep ? console.log(folder) : rmSync(folder, { recursive: true, force: true })))
  const problems = await check(folder).then(
    (done) => done.problems,
    (error: Error) => [error.message],
  )
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    process.exitCode = 1
  } else console.log(`${published.length} packages work on a machine without this repository`)
}
