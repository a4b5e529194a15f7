/** /llms.txt (https://llmstxt.org): what the API has, in a form that language models read, made of the OpenAPI document. */
import { type Document, readsOf } from './described.ts'

const GUIDE = `Lists answer \`{data, next, prev, count, _meta}\`: pass \`next\` as \`cursor\` until it is null. Most lists are files, too: \`.csv\` or \`.parquet\` behind the path. Amounts are integers in base units of their asset, as text; scores have exact \`units\` of 1e-7.
\`_meta.ledger\` says how fresh an answer is, \`_meta.whole\` whether anything is missing. What may exist but is not known is 503 \`not_known\`. The same can be asked by the Model Context Protocol at /mcp.`

export function llmsText(document: Document): string {
  const byTag = Map.groupBy(readsOf(document), ({ tag }) => tag)
  const sections = [...byTag].map(([tag, reads]) => {
    const lines = reads.map(({ path, about }) => `- [GET ${path}](/openapi.json): ${about}`)
    return `## ${tag}\n\n${lines.join('\n')}`
  })
  const { title, description = '' } = document.info
  const more =
    '## Optional\n\n- [OpenAPI 3.1](/openapi.json): every field, parameter and refusal\n- [Browsable](/docs): the same for people'
  return `${[`# ${title}`, `> ${description}`, GUIDE, ...sections, more].join('\n\n')}\n`
}
