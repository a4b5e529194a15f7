/** The local system that an oracle is made beside: a running `npm start` says in its config.json where everything is. */
import { readFileSync } from 'node:fs'
import { localSystemFile } from '@stellartrain/contracts-client/local-system'
import { type Io, UsageError } from './command.ts'

export type Beside = Readonly<
  Partial<Record<'rpcUrl' | 'passphrase' | 'contract' | 'ipfsUrl' | 'friendbotUrl', string>>
>

/** Nothing where none runs here. @throws UsageError where its file cannot be read */
export function besideLocalSystem({ env, cwd }: Pick<Io, 'env' | 'cwd'>): Beside {
  const file = localSystemFile(env, cwd)
  if (file === undefined) return {}
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    const text = (name: keyof Beside) => (typeof found[name] === 'string' ? { [name]: found[name] } : {})
    return {
      ...text('rpcUrl'),
      ...text('passphrase'),
      ...text('contract'),
      ...text('ipfsUrl'),
      ...text('friendbotUrl'),
    }
  } catch {
    throw new UsageError(`${file} cannot be read as JSON: restart the system that wrote it, or name all with options.`)
  }
}
