/** Which network a home holds, and what to do when it is started as another one. */
import { DevnetError } from '../errors.ts'

/** How each setting that must stay is chosen. */
const REMEDIES: Record<string, (value: unknown) => string> = {
  passphrase: (value) => `start it with --passphrase '${value}'`,
  settings: (value) => `start it with --settings ${value}`,
  protocol: (value) => `start it with the release that runs protocol ${value}`,
}

/** @throws {DevnetError} `HOME_MISMATCH`, which names each setting that differs and says how to choose it. */
export function checkIdentity(home: string, known: string, wanted: string): void {
  if (known === wanted) return
  const [there, here] = [settingsOf(known), settingsOf(wanted)]
  const names = [...new Set([...Object.keys(there), ...Object.keys(here)])]
  const differ = names.filter((name) => there[name] !== here[name])
  const readable = Object.keys(there).length > 0
  const told = differ.map((name) => `${name} ${quoted(there[name])}, not ${quoted(here[name])}`)
  const remedies = readable ? differ.map((name) => REMEDIES[name]?.(there[name]) ?? SAME) : [SAME]
  throw new DevnetError(
    'HOME_MISMATCH',
    `${home} holds another network: ${readable ? told.join('; ') : known.trim()}. To use it, ${remedies.join(' and ')}; or choose another home.`,
  )
}

const SAME = 'start it with the options that it was made with'

const quoted = (value: unknown) => (value === undefined ? 'unset' : `'${value}'`)

/** The settings that an identity names; none when it is not what this program writes. */
function settingsOf(identity: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(identity)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
