/** Why a submission is rejected before its rows are read: the on-chain reason codes 1 to 19 (docs/formats.md, 4). */
import { ContentError } from '../errors.ts'

export const CONTENT_REASONS = {
  too_large: { code: 1, sentence: 'The submission is larger than the challenge allows.' },
  not_sealed: { code: 2, sentence: 'The file is not sealed with age, or it is damaged.' },
  bad_container: { code: 3, sentence: 'The sealed file does not have the shape of a submission.' },
  other_network: { code: 4, sentence: 'The submission was sealed for another network.' },
  other_contract: { code: 5, sentence: 'The submission was sealed for another contract.' },
  other_challenge: { code: 6, sentence: 'The submission was sealed for another challenge.' },
  other_solver: { code: 7, sentence: 'The submission was sealed by another solver: a copied CID is worth nothing.' },
  bad_media_type: { code: 8, sentence: 'The submission is not a CSV file.' },
  not_a_file: { code: 9, sentence: 'The CID does not name a file within the limits.' },
  bad_recipients: { code: 10, sentence: 'The file is not sealed to exactly one X25519 key.' },
  other_key: { code: 11, sentence: 'The file is sealed to another key than the one of this challenge.' },
  commitment_mismatch: { code: 12, sentence: 'The content is not what its solver committed to.' },
} as const

export type ContentReason = keyof typeof CONTENT_REASONS

/** The reason to post for an error of `fetchCid`, `openFile`, `openSubmissionFile` or `checkSubmissionCommitment`; null if it is no fault of the submission's content. */
export function rejectionOf(error: unknown): { code: number; name: ContentReason } | null {
  if (!(error instanceof ContentError) || !Object.hasOwn(CONTENT_REASONS, error.code)) return null
  const name = error.code as ContentReason
  return { code: CONTENT_REASONS[name].code, name }
}
