/** The version of a package, as its manifest has it. */
import { readFileSync } from 'node:fs'

/** @param module `import.meta.url` of a module directly in the package's `src` or `dist` */
export function versionOf(module: string): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', module), 'utf8')) as { version: string }
  return manifest.version
}
