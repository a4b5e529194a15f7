// An evaluator in AssemblyScript: root mean squared error of which only what is beyond a tolerance of 0.5 counts.
//
//   npx asc evaluator.ts -O3 --runtime stub --use abort= --exportStart _initialize -o evaluator.wasm
//
// The interface: docs/evaluators.md.

export function alloc(length: i32): usize {
  // Room at a multiple of 8; the stub runtime gives multiples of 16. Nothing is given back: an evaluator scores once.
  return heap.alloc(length)
}

function number(table: usize, column: u32, row: u32): f64 {
  const values = load<u32>(table + 8 + 16 * column + 4)
  return load<f64>(table + values + 8 * row)
}

export function score(truth: usize, _truthLength: i32, guess: usize, _guessLength: i32): f64 {
  const rows = load<u32>(truth)
  let sum: f64 = 0
  for (let row: u32 = 0; row < rows; row++) {
    const beyond = Math.max(0, Math.abs(number(truth, 0, row) - number(guess, 0, row)) - 0.5)
    sum += beyond * beyond
  }
  return Math.sqrt(sum / rows)
}
