/** Test helper: the vectors that vectors/formats.py made, and where their content belongs. */
import { readFileSync } from 'node:fs'
import { golden } from './golden.ts'

type Formats = {
  addresses: { address: string; xdr: string }[]
  challengeKeys: { oracle: string; challenge: number; private: string; public: string }[]
  shares: { oracles: string[]; challenge: number; sealed: string }
  forms: { bytes: number; formHash: string }[]
  commitments: {
    who: string
    challenge: number
    formHash: string
    salt: string
    truth: string
    nonce: string
    submission: string
  }[]
  submission: { challenge: number; solver: string; nonce: string; sealed: string }
}

export const formats: Formats = JSON.parse(readFileSync(new URL('../vectors/formats.json', import.meta.url), 'utf8'))

export const goldenPlace = { network: golden.network, contract: golden.contract }
