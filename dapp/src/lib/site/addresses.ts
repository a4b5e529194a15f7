/** What the parts of this site's addresses look like; the router leads everything else to the page that says so. */

export const patterns = {
  number: /^[1-9]\d{0,8}$/,
  account: /^[GC][A-Z2-7]{55}$/,
  hash: /^[0-9a-f]{64}$/,
} as const

/** What is wrong with an address that leads nowhere. */
export function whyMissing(path: string): string {
  const [, section, part = ''] = path.split('/')
  switch (section) {
    case 'accounts':
    case 'oracles':
      return `${shown(part)} is not an address on Stellar: an account's begins with G, a contract's with C, and both have 56 characters.`
    case 'challenges':
    case 'verify':
      return patterns.number.test(part)
        ? 'Submissions of a challenge are numbered from 1.'
        : `${shown(part)} is not the number of a challenge. They are numbered from 1.`
    case 'tx':
      return `${shown(part)} is not the hash of a transaction: it has 64 characters, 0 to 9 and a to f.`
    default:
      return 'The link may be incomplete. Challenges, accounts and transactions can be reached from the list.'
  }
}

const SHOWN = 24

function shown(part: string): string {
  const text = decoded(part)
  return text ? `“${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}”` : 'This'
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
