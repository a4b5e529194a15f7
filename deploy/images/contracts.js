/** Which contracts a container belongs to: those of the environment, or those that the deploy step wrote down. */
import { readFileSync } from 'node:fs'

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {{ contract: string, records: string | null, recount: string | null } | null} null where neither says
 */
export function contractsOf(env) {
  const { CONTRACT_ADDRESS: named, RECORDS_CONTRACT_ADDRESS, RECOUNT_CONTRACT_ADDRESS, DEPLOYMENT_FILE } = env
  if (named)
    return { contract: named, records: RECORDS_CONTRACT_ADDRESS || null, recount: RECOUNT_CONTRACT_ADDRESS || null }
  if (!DEPLOYMENT_FILE) return null
  try {
    const { contract, records, recount } = JSON.parse(readFileSync(DEPLOYMENT_FILE, 'utf8'))
    return { contract, records: records?.contract ?? null, recount: recount?.contract ?? null }
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    console.error(`DEPLOYMENT_FILE cannot be read: ${why}. Run the deploy step first, or set CONTRACT_ADDRESS.`)
    process.exit(2)
  }
}
