/** Files that the makers of a format publish in a Go module, whose hash Go's checksum database vouches for. Nothing is compiled. */
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'

/** @param module path@version @returns the folder that it was unpacked in; null where there is no Go, or no way to the module */
export function goModule(module: string): string | null {
  try {
    const said = execFileSync('go', ['mod', 'download', '-json', module], {
      cwd: tmpdir(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return (JSON.parse(said) as { Dir: string }).Dir
  } catch {
    return null
  }
}
