/** One file of the draft, kept in this browser. */
import { createMemo, type JSX } from 'solid-js'
import type { FileRole } from '../../lib/create/form.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { Drop } from '../submit/drop.tsx'

export function FileSlot(props: {
  state: CreateState
  slot: FileRole
  label: string
  hint: string
  accept?: string
}): JSX.Element {
  const stored = () => props.state.files()[props.slot]
  const file = createMemo(() => {
    const kept = stored()
    return kept ? new File([kept.bytes], kept.name) : undefined
  })
  return (
    <Drop
      file={file()}
      onFile={(chosen) => void props.state.setFile(props.slot, chosen)}
      label={props.label}
      hint={props.hint}
      {...(props.accept ? { accept: props.accept } : {})}
      error={props.state.fileProblem(props.slot)}
    />
  )
}
