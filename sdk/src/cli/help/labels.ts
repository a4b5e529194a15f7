import { FORMATS, METHODS } from '../../labels/choices.ts'
import { NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Have items labeled, export the labels, and decide on appeals.

Usage: stellartrain labels create FILE.json|FOLDER [options]
       stellartrain labels export CHALLENGE --format FORMAT [options]
       stellartrain labels batches CHALLENGE                    what became of your batches
       stellartrain labels appeal CHALLENGE --attempt N --why TEXT
       stellartrain labels appeals CHALLENGE                    what is to be decided, and how appeals ended
       stellartrain labels decide CHALLENGE --accept G…/1 --uphold G…/2 --withdraw ITEM

\`labels create\` makes a challenge that pays labelers from a labels file, or from the labels.json in a folder. Known items
decide whether a batch is paid. The oracles lease the items, so that each gets as many labelers as the overlap says.

\`labels export\` writes what you can read: each accepted batch, checked against what the chain has of it;
the consensus of each item and its confidence; and the way back to the ledger (provenance.json). It never replaces a file.

The labels file is a JSON object; its schema is sdk/schema/labels.schema.json. Files are paths beside it.
  title, summary, description (or descriptionFile), license, tags?
  items         a CSV, a .jsonl, a folder of images or sounds, or Label Studio's tasks (.json, with labelStudio)
  idColumn?     for CSV and JSON Lines (default: id)
  task          {"show": [{"column", "as": "text|image|audio", "title"?}], "answer": {"kind": …}, "instructions"?,
                "reviewer"?, "flag"?}, as docs/formats.md says; or labelStudio, its labeling configuration (XML)
  known         a CSV of id and answer, or {"column": NAME} of the items; for Label Studio, its ground_truth
  overlap?      labelers per item (default: 3)              minAccuracy?  least share of known items (default: 0.8)
  perItem       pay for an accepted answer                  secondsPerItem?  time for one item (default: 30)
  payout?       "per_unit" (default): a batch is paid at once; "earnings": the oracles post what was earned (ORACLE_EARNINGS)
  results?      who reads the labels: "everyone" after the end, or an age key (age1…); without it a key of yours (--identity)
  private?      true: items are sealed, and oracles show them to whoever leases them alone
  earnings?     {"epochSeconds"?, "reviewer"? (G…, decides appeals), "quality"?}
  batch?, budget?, asset?, deposit?, oracles, oracleFee?, feeBudget?, judge?, gate?, opens?,
  deadline, acceptBy?, gradeBy?, patienceSeconds?

Options of create
  --check             only prepare and show; nothing is uploaded or spent
  --yes               do not ask before signing
  --identity FILE     the key that opens the labels, made if there is no such file (default: labels-identity.txt)
  --keep FILE         also write to FILE what you need to open the known items yourself later
  --oracle, --deadline and the other flags of \`create\` override the file

Options of export
  --format FORMAT     ${FORMATS.join(', ')} (default: csv)
  --out FOLDER        where to write; with an extension, a file of the labels alone (default: labels-N-FORMAT)
  --identity FILE     the key that opens the labels, where they are for one key alone (default: labels-identity.txt)
  --method METHOD     ${METHODS.join(', ')} (default: majority)
  --gateway URL       from where other programs load files by CID (default: this network's IPFS node)

Where earnings are paid, a rejected batch can be appealed against, once; the reviewer whom the manifest names decides, and the
next epoch pays. What is accepted after all, and what was paid, stays.

Options of batches, appeal and decide
  --labeler G…        batches: of a labeler other than yourself
  --attempt N         appeal: the batch, by its attempt
  --why TEXT          appeal: your reasons, at most 1,000 characters
  --accept G…/N       decide: accept this batch after all; --uphold G…/N leaves it rejected
  --withdraw ITEM     decide: a known item that turned out wrong; who lost by it is paid without an appeal
  --note TEXT         decide: published with the decisions
  --identity FILE     appeals: the key that opens the labels; also shows the answers of each batch

Options of all
${SIGNER_HELP}${NETWORK_HELP}
Examples
  stellartrain labels create digits/ --oracle GORACLE --deadline +7d --check --secret-file maker.key
  stellartrain labels export 7 --format huggingface --out dataset --method dawid-skene
`
