/** SHA-256 (FIPS 180-4) in plain JavaScript: synchronous and streaming in every browser; Node's own may be injected instead. */

/** Takes bytes piece by piece; `digest` ends it. `node:crypto`'s `createHash('sha256')` fits. */
export interface Hasher {
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array
}

export type CreateHash = () => Hasher

interface Constants {
  /** The fractional parts of the square roots of the first 8 primes. */
  readonly initial: Int32Array
  /** Those of the cube roots of the first 64. */
  readonly rounds: Int32Array
}

let constants: Constants | undefined

/** Computed where they are first needed: the command uses Node's own SHA-256 and should not wait for them. */
function getConstants(): Constants {
  constants ??= {
    initial: Int32Array.from(firstPrimes(8), (prime) => fraction(prime, 2n)),
    rounds: Int32Array.from(firstPrimes(64), (prime) => fraction(prime, 3n)),
  }
  return constants
}

function firstPrimes(count: number): bigint[] {
  const primes: bigint[] = []
  for (let n = 2n; primes.length < count; n++) if (primes.every((p) => n % p !== 0n)) primes.push(n)
  return primes
}

/** First 32 bits behind the point of the root of a prime: floor(prime^(1/degree) × 2^32) mod 2^32. */
function fraction(prime: bigint, degree: bigint): number {
  const target = prime << (32n * degree)
  let low = 0n
  let high = 1n << 40n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** degree <= target) low = middle
    else high = middle
  }
  return Number(BigInt.asIntN(32, low))
}

export function createSha256(): Hasher {
  const { initial, rounds } = getConstants()
  const state = initial.slice()
  const schedule = new Int32Array(64)
  const block = new Uint8Array(64)
  let filled = 0
  let length = 0

  const update = (bytes: Uint8Array): void => {
    length += bytes.length
    let at = 0
    if (filled > 0) {
      at = Math.min(64 - filled, bytes.length)
      block.set(bytes.subarray(0, at), filled)
      filled += at
      if (filled < 64) return
      compress(state, rounds, schedule, block, 0)
      filled = 0
    }
    for (; at + 64 <= bytes.length; at += 64) compress(state, rounds, schedule, bytes, at)
    block.set(bytes.subarray(at))
    filled = bytes.length - at
  }

  const digest = (): Uint8Array => {
    const total = length
    const padding = new Uint8Array((filled < 56 ? 56 : 120) - filled + 8)
    padding[0] = 0x80
    const view = new DataView(padding.buffer)
    view.setUint32(padding.length - 8, Math.floor(total / 0x20000000))
    view.setUint32(padding.length - 4, (total << 3) >>> 0)
    update(padding)
    const out = new Uint8Array(32)
    const words = new DataView(out.buffer)
    state.forEach((value, i) => {
      words.setInt32(i * 4, value)
    })
    return out
  }
  return { update, digest }
}

function compress(state: Int32Array, k: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0, p = at; i < 16; i++, p += 4) {
    w[i] = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k[i]! + w[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = state[0]! + a
  state[1] = state[1]! + b
  state[2] = state[2]! + c
  state[3] = state[3]! + d
  state[4] = state[4]! + e
  state[5] = state[5]! + f
  state[6] = state[6]! + g
  state[7] = state[7]! + h
}
