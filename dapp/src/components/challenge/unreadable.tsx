/** In place of a description that could not be fetched or checked. */
import type { JSX } from 'solid-js'
import type { ManifestState } from '../../lib/content/manifest.ts'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

export function Unreadable(props: { manifest: ManifestState }): JSX.Element {
  return (
    <Given when={props.manifest.failure()} fallback={<Skeleton lines={6} />}>
      {(failure) => (
        <Notice tone="wait" title="The description cannot be shown" details={failure()}>
          It could not be fetched from IPFS, or it is not the file that the ledger names. Prize, dates and rules on this
          page come from the ledger and are correct. Do not submit before you can read the rest.
        </Notice>
      )}
    </Given>
  )
}
