/**
 * What the commands of the services have in common: starts the program where Node is new enough for it, and says so where it is not.
 * Plain JavaScript without dependencies, so that any Node can read it.
 */
import { existsSync, readFileSync } from 'node:fs'

/** @param bin the address of the command's own file, in the folder `bin` of its package; the package's manifest says the rest */
export async function startBin(bin, node = process.versions.node) {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', bin), 'utf8'))
  const [major, minor] = node.split('.').map(Number)
  const [neededMajor, neededMinor] = manifest.engines.node.replace('>=', '').split('.').map(Number)
  // The tarball has no build settings: where they are, this is the repository, which runs its sources (through npm or npx).
  const repository = existsSync(new URL('../tsconfig.build.json', bin))
  if (process.argv[2] === '--version') {
    console.log(manifest.version)
  } else if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) {
    await import(new URL(repository ? '../src/main.ts' : '../dist/main.js', bin).href)
  } else {
    const [name] = Object.keys(manifest.bin)
    process.stderr.write(
      `${name} needs Node ${neededMajor}.${neededMinor} or newer; this is v${node}. Install a newer Node.\n`,
    )
    process.exitCode = 2
  }
}
