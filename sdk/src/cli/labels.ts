/** `stellartrain labels`: have items labeled, get the labels, and decide on appeals. */

import { parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { CREATE_OPTIONS } from './create.ts'
import { IDENTITY_OPTION } from './identity-file.ts'
import { type Command, UsageError } from './io.ts'
import { APPEAL_OPTIONS, APPEAL_VERBS, runAppeals } from './labels-appeals.ts'
import { createLabels } from './labels-create.ts'
import { EXPORT_OPTIONS, exportChallenge } from './labels-export.ts'
import { PLAN_FLAGS } from './plan-file.ts'

export const labels: Command = {
  async run(args, io) {
    const [what, ...rest] = args
    if (what === 'create') {
      const { values, positionals } = parse(rest, {
        ...NETWORK_OPTIONS,
        ...PLAN_FLAGS,
        ...CREATE_OPTIONS,
        ...IDENTITY_OPTION,
      })
      return createLabels(positionals[0], values, io)
    }
    if (what === 'export') {
      const { values, positionals } = parse(rest, { ...NETWORK_OPTIONS, ...EXPORT_OPTIONS })
      return exportChallenge(positionals[0], values, io)
    }
    if (what !== undefined && APPEAL_VERBS.includes(what)) {
      const { values, positionals } = parse(rest, { ...NETWORK_OPTIONS, ...APPEAL_OPTIONS })
      return runAppeals(what, positionals[0], values, io)
    }
    throw new UsageError('Say what to do: create, export, batches, appeal, appeals or decide.')
  },
}
