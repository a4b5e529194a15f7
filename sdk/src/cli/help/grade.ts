import { GRADE_USAGE } from '@stellartrain/oracle-grade/cli'

export const help = `${GRADE_USAGE.replace('Usage: grade', 'Usage: stellartrain grade')}
By a challenge, exactly as its oracles do:
  stellartrain grade --challenge N --submission FILE [--truth FILE (--kept FILE | --salt HEX)]
  stellartrain grade --plan PLAN.json --submission FILE [--truth FILE] [--kept FILE | --salt HEX]
  stellartrain grade --manifest MANIFEST.json --truth FILE --submission FILE [--kept FILE | --salt HEX]
                     [--evaluator FILE] [--step N]

  --challenge N       metric, columns and limits of this challenge; without --truth by the truth that was opened after its
                      end. A truth that is given must be the one that the challenge committed to
  --plan FILE         the same before there is a challenge, from the file that \`create\` takes: with its truth, metric and step
  --manifest FILE     the same from a manifest, without a network; on the public rows where it counts public and private ones
  --step N            with --manifest, what the challenge rounds scores to, such as 0.0001
  --evaluator FILE    with --manifest, the WebAssembly module or Python file where the challenge is scored by one
  --kept FILE         the salt, in the file that \`create --keep\` wrote
  --config FILE       read another config.json
`
