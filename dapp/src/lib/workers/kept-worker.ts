/** A worker that stays for the next question: what it has loaded and started, such as Python, is there again. */

/** Python alone holds 100 MB. */
const REST_MS = 60_000

export type Asked = Pick<Worker, 'terminate' | 'onmessage' | 'onerror'>

/** One question at a time to each worker; one that did not answer well is ended. */
export function keptWorker<W extends Asked>(make: () => W): <T>(ask: (worker: W) => Promise<T>) => Promise<T> {
  let resting: W | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function rest(worker: W): void {
    if (resting) {
      worker.terminate()
      return
    }
    worker.onmessage = null
    worker.onerror = null
    resting = worker
    timer = setTimeout(() => {
      resting = undefined
      worker.terminate()
    }, REST_MS)
  }

  return async (ask) => {
    const worker = resting ?? make()
    resting = undefined
    clearTimeout(timer)
    try {
      const answer = await ask(worker)
      rest(worker)
      return answer
    } catch (error) {
      worker.terminate()
      throw error
    }
  }
}
