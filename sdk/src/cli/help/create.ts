import { EXAMPLES } from '../plan-examples.ts'
import { NETWORK_HELP, SIGNER_HELP } from './common.ts'
import { PLAN_HELP } from './plan.ts'

export const help = `Create and fund a challenge from a plan file.

Usage: stellartrain create PLAN.json [options]
       stellartrain create --example ${Object.keys(EXAMPLES).join('|')}|labels

Seals the truth for the oracles, tries the metric on perfect, constant and baseline predictions, shows what will be locked
and when what happens, uploads the data, and creates the challenge with one signature.

Options
  --example NAME      print a plan to start from; labels is per-unit
  --check             only prepare and show; nothing is uploaded or spent
  --yes               do not ask before signing
  --keep FILE         also write here what is needed, beside the truth, to open it yourself later (secret until the end);
                      the home folder keeps it in any case
${SIGNER_HELP}${NETWORK_HELP}
${PLAN_HELP}
Examples
  stellartrain create --example ranked > plan.json
  stellartrain create plan.json --check --secret-file maker.key
  stellartrain create plan.json --keep truth-key.json --secret-file maker.key
`
