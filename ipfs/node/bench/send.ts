/** A file as a client sends it whose own work is least: what is measured is the service. Kubo's command costs as little. */
import { open } from 'node:fs/promises'
import { request } from 'node:http'

const PIECE_BYTES = 1_048_576

/** The answer's body. @throws Error where it is not one of success */
export async function sendFile(url: string, name: string, headers: Record<string, string>): Promise<string> {
  const handle = await open(name)
  try {
    const { size } = await handle.stat()
    const sending = request(url, { method: 'POST', headers: { ...headers, 'content-length': size } })
    const answered = new Promise<string>((resolve, reject) => {
      sending.on('error', reject).on('response', async (response) => {
        const text = (await response.setEncoding('utf8').toArray()).join('')
        if ((response.statusCode ?? 0) < 300) resolve(text)
        else reject(new Error(`${response.statusCode} ${text}`))
      })
    })
    answered.catch(() => {})
    // Two in turn, each filled again once it was sent: the next one is read meanwhile.
    const pieces = [Buffer.allocUnsafeSlow(PIECE_BYTES), Buffer.allocUnsafeSlow(PIECE_BYTES)]
    const sent = [Promise.resolve(), Promise.resolve()]
    for (let at = 0, turn = 0; at < size; turn = 1 - turn) {
      await Promise.race([sent[turn], answered])
      const { bytesRead } = await handle.read(pieces[turn]!, 0, PIECE_BYTES, at)
      at += bytesRead
      sent[turn] = new Promise((resolve) => sending.write(pieces[turn]!.subarray(0, bytesRead), () => resolve()))
    }
    sending.end()
    return await answered
  } finally {
    await handle.close()
  }
}
