/** `stellartrain labels`: have items labeled, and get the labels. */
import { parse } from './args.ts'
import { NETWORK_HELP, NETWORK_OPTIONS } from './config.ts'
import { CREATE_OPTIONS } from './create.ts'
import { type Command, UsageError } from './io.ts'
import { createLabels } from './labels-create.ts'
import { PLAN_FLAGS } from './plan-file.ts'
import { SIGNER_HELP } from './secret.ts'

const help = `Have items labeled, and export the labels.

Usage: stellartrain labels create FILE.json|FOLDER [options]

create makes an ordinary challenge that pays per unit of a labels file, or of the labels.json in a folder. Known items decide
whether a batch is paid; each item gets as many labelers as the overlap says, by leases of the oracles.

The labels file is a JSON object; its schema is sdk/schema/labels.schema.json. Files are paths beside it.
  title, summary, description (or descriptionFile), license, tags?
  items         a CSV, a .jsonl, a folder of images or sounds, or Label Studio's tasks (.json, with labelStudio)
  idColumn?     of CSV and JSON Lines; id unless given
  task          {"show": [{"column", "as": "text|image|audio", "title"?}], "answer": {"kind": …}, "instructions"?,
                "reviewer"?, "flag"?}, as docs/formats.md says; or labelStudio, its labeling configuration (XML)
  known         a CSV of id and answer, or {"column": NAME} of the items; or of Label Studio the ground_truth
  overlap?      labelers of each item, 3 unless given       minAccuracy?  least share of known items, 0.8 unless given
  perItem       pay for an accepted answer                   secondsPerItem?  what one takes, 30 unless given
  batch?, budget?, results? ("everyone"), asset?, deposit?, oracles, oracleFee?, feeBudget?, judge?, gate?, opens?,
  deadline, acceptBy?, gradeBy?, patienceSeconds?

Options of create
  --check             only prepare and show; nothing is uploaded or spent
  --yes               do not ask before signing
  --keep FILE         also write here what is needed to open the known items yourself later
  --oracle, --deadline and the other flags of \`create\` override the file
${SIGNER_HELP}${NETWORK_HELP}
Examples
  stellartrain labels create digits/ --oracle GORACLE --deadline +7d --check --secret-file maker.key
`

export const labels: Command = {
  help,
  async run(args, io) {
    const [what, ...rest] = args
    if (what === 'create') {
      const { values, positionals } = parse(rest, { ...NETWORK_OPTIONS, ...PLAN_FLAGS, ...CREATE_OPTIONS })
      return createLabels(positionals[0], values, io)
    }
    throw new UsageError('Say what to do: create.')
  },
}
