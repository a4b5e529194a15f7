import { AMOUNTS_HELP, NETWORK_HELP, SIGNER_HELP } from './common.ts'

export const help = `Show what labelers have earned, or post it as an oracle.

Usage: stellartrain earnings CHALLENGE                     what was earned and claimed
       stellartrain earnings accept CHALLENGE              accept it as one of its oracles
       stellartrain earnings post CHALLENGE --file FILE    vote, as an oracle, on the next epoch's amounts

A challenge that pays by earnings takes no submissions: its oracles post a sum tree of amounts, by the two children of its
root, and each labeler claims its own. An oracle may replace its own vote until the quorum; a higher total earns the quorum a
fee. Labelers trust the oracles until a root has its quorum; from then on the amounts cannot be taken back.

${AMOUNTS_HELP}
Options
  --file FILE         the amounts
  --check             only show what would be posted; nothing is uploaded or sent
${SIGNER_HELP}${NETWORK_HELP}`
