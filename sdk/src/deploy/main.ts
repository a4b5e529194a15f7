/** `npm run deploy`: puts the contracts on a network. */
import { HELP, readDeployConfig } from './config.ts'
import { deployTo, writeRecord } from './deploy.ts'

const args = process.argv.slice(2)
// A reader that leaves, such as `head`, must not end a deployment halfway, and the exit code stays the deployment's.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(HELP)
} else {
  try {
    const config = readDeployConfig(args, process.env, process.env.INIT_CWD ?? process.cwd())
    const deployed = await deployTo(config.network, config)
    const said = ({ createTx }: { createTx: string | null }) =>
      createTx ? `created in transaction ${createTx}` : 'there already'
    const { records, recount } = deployed
    // Said before it is written down: a folder that cannot be written must not hide where the contracts are.
    process.stdout.write(
      config.json
        ? `${JSON.stringify(deployed)}\n`
        : `Contract ${deployed.contract} on ${deployed.network}: ${said(deployed)}.\nRecords contract ${records.contract}: ${said(records)}.\nJudge that grades ${recount.contract}: ${said(recount)}.\n`,
    )
    await writeRecord(config.out, deployed)
    if (!config.json) process.stdout.write(`Written to ${config.out}\n`)
  } catch (error) {
    const { code, errorName } = error as { code?: string | number; errorName?: string }
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    const usage = code === 'bad_config' || code === 'usage'
    if (usage) process.stderr.write(`\n${HELP}`)
    if (args.includes('--json') && code !== 'not_written')
      process.stdout.write(
        `${JSON.stringify({ error: { code: errorName ?? code ?? 'unexpected', message: String(error) } })}\n`,
      )
    process.exitCode = usage ? 2 : 1
  }
}
