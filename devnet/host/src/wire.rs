//! Length-prefixed blobs: how every message crosses between JavaScript and this module.

/// Writes a message: a sequence of fields, each a little-endian u32 length and its bytes.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.0.extend_from_slice(&(value.len() as u32).to_le_bytes());
        self.0.extend_from_slice(value);
        self
    }

    pub fn number(&mut self, value: u64) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }

    pub fn text(&mut self, value: &str) -> &mut Self {
        self.bytes(value.as_bytes())
    }

    pub fn list<T: AsRef<[u8]>>(&mut self, values: &[T]) -> &mut Self {
        let mut inner = Writer::default();
        for value in values {
            inner.bytes(value.as_ref());
        }
        self.bytes(&inner.0)
    }

    pub fn done(self) -> Vec<u8> {
        self.0
    }
}

/// Reads a message field by field; a field past the end is an error, never a panic.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub fn new(message: &'a [u8]) -> Self {
        Reader(message)
    }

    pub fn bytes(&mut self) -> Result<&'a [u8], String> {
        let (head, rest) = self.0.split_first_chunk::<4>().ok_or("message ends early")?;
        let length = u32::from_le_bytes(*head) as usize;
        if rest.len() < length {
            return Err("message ends early".into());
        }
        let (value, rest) = rest.split_at(length);
        self.0 = rest;
        Ok(value)
    }

    pub fn number(&mut self) -> Result<u64, String> {
        let value: [u8; 8] = self.bytes()?.try_into().map_err(|_| "a number has 8 bytes")?;
        Ok(u64::from_le_bytes(value))
    }

    pub fn text(&mut self) -> Result<&'a str, String> {
        std::str::from_utf8(self.bytes()?).map_err(|_| "text is not UTF-8".into())
    }

    pub fn list(&mut self) -> Result<Vec<&'a [u8]>, String> {
        let mut inner = Reader(self.bytes()?);
        let mut values = vec![];
        while !inner.is_empty() {
            values.push(inner.bytes()?);
        }
        Ok(values)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
