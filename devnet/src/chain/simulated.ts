/** Answers of simulations of one moment, which depend on nothing but that moment and what is asked. */

/** Questions that are remembered, and the bytes that one of them, or its answer, may have; what is larger is computed each time. */
const MOST = 500
const LARGEST = 20_000

export class Simulated {
  #moment = ''
  readonly #answers = new Map<string, Buffer>()

  /** @param moment ledger and clock: another one than last time drops what is remembered */
  get(moment: string, options: string, envelope: Uint8Array, ask: () => Buffer): Buffer {
    if (moment !== this.#moment || this.#answers.size >= MOST) {
      this.#answers.clear()
      this.#moment = moment
    }
    if (envelope.length > LARGEST) return ask()
    const question = `${options} ${Buffer.from(envelope).toString('base64')}`
    const known = this.#answers.get(question)
    if (known !== undefined) return known
    const answer = ask()
    if (answer.length <= LARGEST) this.#answers.set(question, answer)
    return answer
  }
}
