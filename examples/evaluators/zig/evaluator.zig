// An evaluator in Zig: the share of answers that are right where case does not count.
//
//   zig build-exe evaluator.zig -target wasm32-freestanding -mcpu mvp -O ReleaseSmall -fno-entry --export=alloc --export=score
//
// The interface: docs/evaluators.md.

const Column = extern struct { kind: u32, values: u32, bytes: u32, length: u32 };

var next: u32 = 0;

// Room for a table, at a multiple of 8, in pages of its own. Nothing is given back: an evaluator scores once.
export fn alloc(length: u32) u32 {
    if (next == 0) next = @wasmMemorySize(0) << 16;
    const at = next;
    next = (at + length + 7) & ~@as(u32, 7);
    const have = @wasmMemorySize(0) << 16;
    if (next > have and @wasmMemoryGrow(0, (next - have + 65535) >> 16) < 0) return 0;
    return at;
}

fn text(table: u32, row: u32) []const u8 {
    const column: *const Column = @ptrFromInt(table + 8);
    const ends: [*]const u32 = @ptrFromInt(table + column.values);
    const bytes: [*]const u8 = @ptrFromInt(table + column.bytes);
    return bytes[ends[row]..ends[row + 1]];
}

fn lower(letter: u8) u8 {
    return if (letter >= 'A' and letter <= 'Z') letter + 32 else letter;
}

fn same(a: []const u8, b: []const u8) bool {
    if (a.len != b.len) return false;
    for (a, b) |x, y| if (lower(x) != lower(y)) return false;
    return true;
}

export fn score(truth: u32, _: u32, guess: u32, _: u32) f64 {
    const rows = @as(*const u32, @ptrFromInt(truth)).*;
    var right: u32 = 0;
    for (0..rows) |row| {
        if (same(text(truth, row), text(guess, row))) right += 1;
    }
    return @as(f64, @floatFromInt(right)) / @as(f64, @floatFromInt(rows));
}
