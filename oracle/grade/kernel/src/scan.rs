//! Rows of the window: where their values stand, and what they are.

use crate::bytes::value_end;
use crate::labels::code;
use crate::number::{decimal_id, number};
use crate::table::hash;
use crate::{LONGEST, PENDING, ROWS, SHARED};

const LABEL: u32 = 1;
const NUMBER: u32 = 2;
const INTEGER: u32 = 3;
const TEXT_ID: u32 = 4;
const DECIMAL_ID: u32 = 5;

/// 2^53 − 1, the largest of the whole numbers that are all exact.
const SAFE: f64 = 9007199254740991.0;

/// Reads up to `most` rows, and never more than a block has, of `width` fields from `from` on; returns how many. The first row that is not plain, or not whole, is left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scan(from: u32, most: u32, width: u32) -> u32 {
    unsafe {
        let window = SHARED.window.as_ptr();
        let mut pos = window.add(from as usize);
        let mut left = 0usize;
        let mut row = 0usize;
        let most = (most as usize).min(ROWS);
        'rows: while row < most {
            let before = left;
            let mut p = pos;
            for place in 0..width as usize {
                let field = &SHARED.fields[place];
                let start = p;
                p = value_end(p);
                let length = p.offset_from(start) as usize;
                let is_read = if length > LONGEST {
                    false
                } else {
                    match field.kind {
                        LABEL => {
                            let known = code(place, start, length);
                            SHARED.values[place][row] = known as u32 as u64;
                            is_text(start, length) && (known >= 0 || leave(&mut left, row, place, start, p))
                        }
                        NUMBER | INTEGER => {
                            let value = if length == 0 { f64::NAN } else { number(start, p) };
                            SHARED.values[place][row] = value.to_bits();
                            if value.is_nan() {
                                length > 0 && leave(&mut left, row, place, start, p)
                            } else {
                                value >= field.min
                                    && value <= field.max
                                    && (field.kind == NUMBER || (is_whole(value) && value <= SAFE && value >= -SAFE))
                            }
                        }
                        TEXT_ID => {
                            SHARED.starts[row] = start.offset_from(window) as u32;
                            SHARED.lengths[row] = length as u32;
                            SHARED.hashes[row] = hash(start, length);
                            is_text(start, length)
                        }
                        DECIMAL_ID => {
                            let id = if length == 0 { -1 } else { decimal_id(start, length) };
                            SHARED.slots[row] = id;
                            id >= 0
                        }
                        _ => true,
                    }
                };
                if !is_read || (place + 1 < width as usize && *p != b',') {
                    left = before;
                    break 'rows;
                }
                p = p.add(1);
            }
            let end = *p.sub(1);
            if end == b'\r' && *p == b'\n' {
                p = p.add(1);
            } else if end != b'\n' {
                left = before;
                break;
            }
            pos = p;
            row += 1;
        }
        SHARED.consumed = pos.offset_from(window) as u32;
        SHARED.left = left as u32;
        row as u32
    }
}

/// Not empty, and without space around it.
#[inline(always)]
unsafe fn is_text(start: *const u8, length: usize) -> bool {
    unsafe { length > 0 && *start != b' ' && *start.add(length - 1) != b' ' }
}

#[inline(always)]
fn is_whole(value: f64) -> bool {
    core::arch::wasm32::f64x2_extract_lane::<0>(core::arch::wasm32::f64x2_floor(core::arch::wasm32::f64x2_splat(value)))
        == value
}

/// Leaves a value to JavaScript; false where there is no more room for such.
#[inline(never)]
unsafe fn leave(left: &mut usize, row: usize, place: usize, start: *const u8, end: *const u8) -> bool {
    unsafe {
        if *left == PENDING {
            return false;
        }
        let window = SHARED.window.as_ptr();
        SHARED.pending[*left] =
            [row as u32, place as u32, start.offset_from(window) as u32, end.offset_from(window) as u32];
        *left += 1;
        true
    }
}
