/**
 * Texts numbered as they come. A `Map` does the same in twice the time where there are many: it looks at the characters of each text that it
 * passes, where this looks at a number.
 */

/** Where one text had to be looked for in so many places, somebody chose texts for it; a `Map` cannot be chosen for. */
const MOST_PLACES = 64
const BEGIN = 1024

export class Numbering {
  /** The number of each text that was noted, and room for more. */
  of: Int32Array
  /** In the order of their numbers. */
  readonly texts: string[] = []
  readonly #hash: (text: string) => number
  #hashes = new Int32Array(BEGIN)
  /** At a text's hash, or after it, its number and 1 more; 0 where there is none. */
  #places = new Int32Array(2 * BEGIN)
  #map: Map<string, number> | undefined
  /** Votes about one item, or by one labeler, often follow each other. */
  #last: string | undefined
  #lastNumber = -1

  /** @param count of what will be noted, as far as it is known @param hash for tests */
  constructor(count: number, hash = hashOf) {
    this.of = new Int32Array(count)
    this.#hash = hash
  }

  note(at: number, text: string): void {
    if (text !== this.#last) {
      this.#lastNumber = this.#find(text, true)
      this.#last = text
    }
    if (at >= this.of.length) this.#lengthen(at)
    this.of[at] = this.#lastNumber
  }

  /** The number of a text, -1 where it was not noted. */
  numberOf(text: string): number {
    return this.#find(text, false)
  }

  #lengthen(at: number): void {
    const of = new Int32Array(Math.max(BEGIN, 2 * at))
    of.set(this.of)
    this.of = of
  }

  #find(text: string, add: boolean): number {
    if (this.#map) return this.#mapped(this.#map, text, add)
    const hash = this.#hash(text)
    const last = this.#places.length - 1
    let place = hash & last
    for (let looked = 0; looked < MOST_PLACES; looked++) {
      const number = this.#places[place]! - 1
      if (number < 0) return add ? this.#add(text, hash, place) : -1
      if (this.#hashes[number] === hash && this.texts[number] === text) return number
      place = (place + 1) & last
    }
    this.#map = new Map(this.texts.map((known, number) => [known, number]))
    return this.#mapped(this.#map, text, add)
  }

  #add(text: string, hash: number, place: number): number {
    const number = this.texts.push(text) - 1
    this.#hashes[number] = hash
    this.#places[place] = number + 1
    if (this.texts.length === this.#hashes.length) this.#grow()
    return number
  }

  #grow(): void {
    const hashes = new Int32Array(4 * this.#hashes.length)
    hashes.set(this.#hashes)
    const places = new Int32Array(2 * hashes.length)
    const last = places.length - 1
    for (let number = 0; number < this.texts.length; number++) {
      let place = hashes[number]! & last
      while (places[place] !== 0) place = (place + 1) & last
      places[place] = number + 1
    }
    this.#hashes = hashes
    this.#places = places
  }

  #mapped(map: Map<string, number>, text: string, add: boolean): number {
    const known = map.get(text)
    if (known !== undefined) return known
    if (!add) return -1
    map.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

/** Of a longer text so many characters from the beginning and from the end are hashed: addresses and URLs differ there. */
const HASHED = 16

function hashOf(text: string): number {
  const { length } = text
  let hash = length
  const begin = Math.min(length, HASHED)
  for (let i = 0; i < begin; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1)
  for (let i = Math.max(begin, length - HASHED); i < length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1)
  return hash ^ (hash >>> 15)
}
