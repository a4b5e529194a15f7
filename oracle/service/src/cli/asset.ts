/** An asset as an operator writes it. */
import { Asset, StrKey } from '@stellar/stellar-sdk/base'

/** Of `CODE:ISSUER`; undefined for anything else. */
export function issuedAsset(written: string): Asset | undefined {
  const [code = '', issuer = '', ...rest] = written.split(':')
  const valid = /^[a-zA-Z0-9]{1,12}$/.test(code) && StrKey.isValidEd25519PublicKey(issuer) && rest.length === 0
  return valid ? new Asset(code, issuer) : undefined
}

/** Of `XLM`, `native` or `CODE:ISSUER`; undefined for anything else. */
export const anyAsset = (written: string): Asset | undefined =>
  written === 'XLM' || written === 'native' ? Asset.native() : issuedAsset(written)
