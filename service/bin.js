/**
 * What the commands of the services have in common: starts the program where Node is new enough for it, and says so where it is not.
 * Plain JavaScript without dependencies, so that any Node can read it.
 */
import { existsSync, readFileSync } from 'node:fs'

/** @param bin the address of the command's own file, in the folder `bin` of its package; the package's manifest says the rest */
export async function startBin(bin, node = process.versions.node) {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', bin), 'utf8'))
  const [name] = Object.keys(manifest.bin)
  const [major, minor] = node.split('.').map(Number)
  const [neededMajor, neededMinor] = manifest.engines.node.replace('>=', '').split('.').map(Number)
  if (process.argv[2] === '--version') {
    console.log(manifest.version)
    // The tarball has no build settings: where they are, this is the repository.
  } else if (existsSync(new URL('../tsconfig.build.json', bin))) {
    const { fromSources } = await import('./from-sources.js')
    if (fromSources(bin, name)) await import(new URL('../src/main.ts', bin).href)
  } else if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) {
    await import(new URL('../dist/main.js', bin).href)
  } else {
    process.stderr.write(
      `${name} needs Node ${neededMajor}.${neededMinor} or newer; this is v${node}. Install a newer Node.\n`,
    )
    process.exitCode = 2
  }
}
