// A model in AssemblyScript: one rule, "male above a body mass that depends on the species".
//
//   npx asc model.ts -O3 --runtime stub --use abort= --exportStart _initialize -o model.wasm
//
// The interface: docs/models.md.

export function alloc(length: i32): usize {
  // Room at a multiple of 8; the stub runtime gives multiples of 16. Nothing is given back: a model predicts once.
  return heap.alloc(length)
}

function word(table: usize, column: u32, n: u32): u32 {
  return load<u32>(table + 8 + 16 * column + 4 * n)
}

function number(table: usize, column: u32, row: u32): f64 {
  return load<f64>(table + word(table, column, 1) + 8 * row)
}

/** The first byte of a text. */
function first(table: usize, column: u32, row: u32): u8 {
  const from = load<u32>(table + word(table, column, 1) + 4 * row)
  return load<u8>(table + word(table, column, 2) + from)
}

const SPECIES = 0
const BODY_MASS = 4

export function predict(table: usize, _length: i32): usize {
  const rows = load<u32>(table)
  // One column of texts: 24 bytes of header, rows + 1 places of their ends, and the texts.
  const ends: u32 = 24
  const texts = ends + 4 * (rows + 1)
  const answer = heap.alloc(texts + 6 * rows)
  let length: u32 = 0
  store<u32>(answer + ends, 0)
  for (let row: u32 = 0; row < rows; row++) {
    const limit: f64 = first(table, SPECIES, row) === 71 /* G */ ? 5050 : 3700
    if (number(table, BODY_MASS, row) > limit) {
      store<u32>(answer + texts + length, 0x656c616d) // male
      length += 4
    } else {
      store<u32>(answer + texts + length, 0x616d6566) // fema
      store<u16>(answer + texts + length + 4, 0x656c) // le
      length += 6
    }
    store<u32>(answer + ends + 4 * (row + 1), length)
  }
  store<u32>(answer, rows)
  store<u32>(answer + 4, 1)
  store<u32>(answer + 8, 1)
  store<u32>(answer + 12, ends)
  store<u32>(answer + 16, texts)
  store<u32>(answer + 20, length)
  return answer
}
