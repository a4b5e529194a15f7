/** Which contracts a container belongs to: those of the environment, or those that the deploy step wrote down. */
import { readFileSync } from 'node:fs'

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {{ contract: string, records: string | null } | null} null where neither says
 */
export function contractsOf({ CONTRACT_ADDRESS, RECORDS_CONTRACT_ADDRESS, DEPLOYMENT_FILE }) {
  if (CONTRACT_ADDRESS) return { contract: CONTRACT_ADDRESS, records: RECORDS_CONTRACT_ADDRESS || null }
  if (!DEPLOYMENT_FILE) return null
  try {
    const { contract, records } = JSON.parse(readFileSync(DEPLOYMENT_FILE, 'utf8'))
    return { contract, records: records?.contract ?? null }
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    console.error(`DEPLOYMENT_FILE cannot be read: ${why}. Run the deploy step first, or set CONTRACT_ADDRESS.`)
    process.exit(2)
  }
}
