//! A wasm module as its sections, as far as they must be changed here.

const CUSTOM: u8 = 0;
const EXPORT: u8 = 7;
const DATA: u8 = 11;
const FUNCTION: u8 = 0;

#[derive(Default)]
pub struct Module {
    sections: Vec<(u8, Vec<u8>)>,
}

impl Module {
    pub fn read(wasm: &[u8]) -> Module {
        let mut sections = vec![];
        let mut at = 8;
        while at < wasm.len() {
            let id = wasm[at];
            at += 1;
            let length = number(wasm, &mut at);
            sections.push((id, wasm[at..at + length].to_vec()));
            at += length;
        }
        Module { sections }
    }

    /// Exports no other functions than these.
    pub fn keep_exports(&mut self, keep: impl Fn(&str) -> bool) {
        let Some((_, section)) = self.sections.iter_mut().find(|(id, _)| *id == EXPORT) else { return };
        let mut at = 0;
        let count = number(section, &mut at);
        let mut kept = vec![];
        for _ in 0..count {
            let start = at;
            let length = number(section, &mut at);
            let name = std::str::from_utf8(&section[at..at + length]).expect("a name").to_owned();
            at += length;
            let kind = section[at];
            at += 1;
            number(section, &mut at);
            if kind != FUNCTION || keep(&name) {
                kept.push(section[start..at].to_vec());
            }
        }
        let mut out = vec![];
        put_number(&mut out, kept.len());
        out.extend(kept.concat());
        *section = out;
    }

    /// Zeros each run of data that begins with `start`, which wasm-opt then leaves out where many follow each other.
    pub fn blank_data(&mut self, start: &[u8], length: usize) {
        for (_, section) in self.sections.iter_mut().filter(|(id, _)| *id == DATA) {
            while let Some(at) = section.windows(start.len()).position(|window| window == start) {
                section[at..at + length].fill(0);
            }
        }
    }

    /// Replaces the custom section of this name, at the end.
    pub fn set_custom(&mut self, name: &str, data: &[u8]) {
        self.sections.retain(|(id, section)| {
            let mut at = 0;
            *id != CUSTOM || {
                let length = number(section, &mut at);
                &section[at..at + length] != name.as_bytes()
            }
        });
        self.add_custom(name, data);
    }

    pub fn add_custom(&mut self, name: &str, data: &[u8]) {
        let mut section = vec![];
        put_number(&mut section, name.len());
        section.extend(name.as_bytes());
        section.extend(data);
        self.sections.push((CUSTOM, section));
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        for (id, section) in &self.sections {
            out.push(*id);
            put_number(&mut out, section.len());
            out.extend(section);
        }
        out
    }
}

/// Reads an unsigned LEB128 number.
fn number(bytes: &[u8], at: &mut usize) -> usize {
    let (mut value, mut shift) = (0usize, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        value |= ((byte & 0x7f) as usize) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return value;
        }
    }
}

fn put_number(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
