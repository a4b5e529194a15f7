/** `npm run deploy`: puts the contracts on a network. */
import { HELP, readDeployConfig } from './config.ts'
import { deployTo, writeRecord } from './deploy.ts'

const args = process.argv.slice(2)
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(HELP)
} else {
  try {
    const config = readDeployConfig(args, process.env, process.env.INIT_CWD ?? process.cwd())
    const deployed = await deployTo(config.network, config)
    await writeRecord(config.out, deployed)
    const said = ({ createTx }: { createTx: string | null }) =>
      createTx ? `created in transaction ${createTx}` : 'there already'
    const { records } = deployed
    process.stdout.write(
      config.json
        ? `${JSON.stringify(deployed)}\n`
        : `Contract ${deployed.contract} on ${deployed.network}: ${said(deployed)}.\nRecords contract ${records.contract}: ${said(records)}.\nWritten to ${config.out}\n`,
    )
  } catch (error) {
    const { code } = error as { code?: string }
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    if (code === 'bad_config' || String(code).startsWith('ERR_PARSE_ARGS')) process.stderr.write(`\n${HELP}`)
    process.exitCode = code === 'bad_config' ? 2 : 1
  }
}
