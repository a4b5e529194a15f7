/**
 * Starts a service in a container: node start.js MAIN [ARGUMENTS]. Where CONTRACT_ADDRESS is not set, the contract is the one that
 * the deploy step wrote down in DEPLOYMENT_FILE.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { contractsOf } from './contracts.js'

const [node = '', , main = '', ...args] = process.argv
const contracts = contractsOf(process.env)
if (contracts) process.env.CONTRACT_ADDRESS = contracts.contract
if (contracts?.records) process.env.RECORDS_CONTRACT_ADDRESS ||= contracts.records
if (contracts?.recount) process.env.RECOUNT_CONTRACT_ADDRESS ||= contracts.recount
// The service sees its own name and arguments, as if Node had been given it.
process.argv = [node, resolve(main), ...args]
await import(pathToFileURL(resolve(main)).href)
