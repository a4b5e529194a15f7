/** Addresses and assets as people write them, checked where they come in: nothing else may reach the Stellar SDK. */
import { isAddress, isContract } from '@stellartrain/ipfs-content/strkey'
import { UserError } from './problems.ts'

/** An account `G…` or a contract `C…`. @throws UserError `bad_value` */
export function parseAddress(text: string, what = 'a Stellar address'): string {
  if (isAddress(text)) return text
  throw new UserError(
    'bad_value',
    `"${text}" is not ${what}: expected G… or C… with 56 characters and a valid checksum.`,
  )
}

/** A contract id `C…`. @throws UserError `bad_value` */
export function parseContract(text: string, what = 'a contract id'): string {
  if (isContract(text)) return text
  throw new UserError('bad_value', `"${text}" is not ${what}: expected C… with 56 characters and a valid checksum.`)
}

/** An issued asset, `CODE:ISSUER`. @throws UserError `bad_value` */
export function parseIssuedAsset(text: string): { code: string; issuer: string } {
  const [code = '', issuer = '', rest] = text.split(':')
  if (/^[a-zA-Z0-9]{1,12}$/.test(code) && issuer.startsWith('G') && isAddress(issuer) && rest === undefined)
    return { code, issuer }
  throw new UserError(
    'bad_value',
    `"${text}" is not an issued asset: expected CODE:ISSUER, a code of 1 to 12 letters and digits and an account G….`,
  )
}

/** `XLM`, `CODE:ISSUER` or a token contract's id. @throws UserError `bad_value` */
export function parseAsset(text: string): string {
  if (text === 'XLM' || text === 'native' || isContract(text)) return text
  try {
    parseIssuedAsset(text)
  } catch (cause) {
    throw new UserError('bad_value', `"${text}" is not an asset: expected XLM, CODE:ISSUER or a token contract C….`, {
      cause,
    })
  }
  return text
}
