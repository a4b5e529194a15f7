//! JSON by hand, one value at a time. Amounts and scores are text that ends in `n`, so that their readers make big integers of it.

/// A value that is written already.
pub type Json = String;

/// A time or a counter.
pub fn number(value: impl Into<u64>) -> Json {
    value.into().to_string()
}

/// How many.
pub fn count(value: usize) -> Json {
    value.to_string()
}

/// An amount or a score.
pub fn big(value: impl Into<i128>) -> Json {
    format!("\"{}n\"", value.into())
}

/// Yes or no.
pub fn flag(value: bool) -> Json {
    value.to_string()
}

/// Text without characters that need an escape.
pub fn text(value: &str) -> Json {
    format!("\"{value}\"")
}

/// A value, or null.
pub fn or_null<T>(value: Option<T>, write: impl Fn(T) -> Json) -> Json {
    value.map_or("null".to_string(), write)
}

/// A list.
pub fn list(values: impl IntoIterator<Item = Json>) -> Json {
    format!("[{}]", values.into_iter().collect::<Vec<_>>().join(","))
}

/// An object.
pub fn object(fields: &[(&str, Json)]) -> Json {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", fields.join(","))
}

/// A list with one value on each line, as it is committed.
pub fn lines(values: &[Json]) -> Json {
    format!("[\n{}\n]\n", values.join(",\n"))
}
