/** Why a file was rejected, as a sentence; the code comes from the ledger. */

const sentences: Record<string, string> = {}

export function reasonSentence(reason: { code: number; name: string } | null): string {
  if (!reason) return 'The file was not accepted.'
  const words = reason.name.replaceAll('_', ' ')
  return sentences[reason.name] ?? `The file was not accepted: ${words}.`
}
