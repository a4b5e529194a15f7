/* An evaluator in C: the mean cost of wrong answers, where a missed "yes" costs five times a false one.
 *
 *   clang --target=wasm32 -O2 -nostdlib -Wl,--no-entry -Wl,--export=alloc -Wl,--export=score -o evaluator.wasm evaluator.c
 *
 * The interface: docs/evaluators.md. */

typedef unsigned int u32;

extern unsigned char __heap_base;
static u32 next = 0;

/* Room for a table, at a multiple of 8. Nothing is given back: an evaluator scores once. */
__attribute__((export_name("alloc"))) void *alloc(u32 length) {
  if (next == 0) next = ((u32)&__heap_base + 7) & ~7u;
  u32 at = next;
  next = (at + length + 7) & ~7u;
  u32 have = __builtin_wasm_memory_size(0) * 65536u;
  if (next > have && __builtin_wasm_memory_grow(0, (next - have + 65535) / 65536) == (u32)-1) return 0;
  return (void *)at;
}

typedef struct { u32 kind, values, bytes, length; } column;
typedef struct { u32 rows, columns; column column[]; } table;

/* The first byte of a row's text: answers are yes or no. */
static unsigned char first(const table *t, u32 row) {
  const u32 *ends = (const u32 *)((const char *)t + t->column[0].values);
  return ((const unsigned char *)t + t->column[0].bytes)[ends[row]];
}

__attribute__((export_name("score"))) double score(const table *truth, u32 truth_length, const table *guess, u32 guess_length) {
  double cost = 0;
  for (u32 row = 0; row < truth->rows; row++) {
    unsigned char right = first(truth, row);
    if (right != first(guess, row)) cost += right == 'y' ? 5 : 1;
  }
  return cost / truth->rows;
}
