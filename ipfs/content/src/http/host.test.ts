/** No message about content holds more of a service's URL than its host. */
import { expect, test } from 'vitest'
import { golden } from '../testing/golden.ts'
import { fetchCid } from '../transfer/fetch.ts'
import { upload } from '../transfer/upload.ts'

const { cid } = golden.cids[0]!

test.each(['http://user:pw@127.0.0.1:9/SECRETKEY', 'http://127.0.0.1:9/SECRETKEY?token=SECRETKEY'])(
  'of %s the host alone is named',
  async (url) => {
    const failures = await Promise.allSettled([
      fetchCid(cid, { gateways: [url], maxBytes: 10_000_000 }),
      upload({ url, token: 't', bytes: new Uint8Array(1) }),
    ])
    for (const failure of failures) {
      expect(failure).toMatchObject({
        status: 'rejected',
        reason: { code: 'unavailable', message: expect.stringContaining('127.0.0.1:9') },
      })
      if (failure.status === 'rejected') expect(failure.reason.message).not.toMatch(/SECRETKEY|user:pw/)
    }
  },
)
