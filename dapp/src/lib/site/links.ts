/** Addresses outside the pages: content on the gateway, and the network's explorer where there is one. */
import { config } from './config.ts'

export const ipfsLink = (cid: string): string => `${config().ipfsUrl}/ipfs/${cid}`

export const explorerLink = (kind: 'tx' | 'account' | 'contract', id: string): string | null => {
  const base = config().explorerUrl
  return base ? `${base}/${kind}/${id}` : null
}
