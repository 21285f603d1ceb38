//! The encodings of text files: UTF-8, UTF-16 with a byte-order mark, and those of older spreadsheet
//! programs. The only file that knows encoding_rs.

use crate::diag::{Code, Diagnostic, Place, SourceFile, listed, quoted};

/// An encoding that a user names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// What spreadsheet programs in Europe save as "CSV", by region.
const OFFERED: [(&str, &encoding_rs::Encoding); 3] = [
    ("windows-1250", encoding_rs::WINDOWS_1250),
    ("windows-1252", encoding_rs::WINDOWS_1252),
    ("windows-1254", encoding_rs::WINDOWS_1254),
];
/// Letters around the first strange byte that a sample shows.
const SAMPLE: usize = 30;

impl Encoding {
    /// The encoding of a name such as `windows-1250` or `cp1250`.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let name = match name.strip_prefix("cp") {
            Some(page) => format!("windows-{page}"),
            None => name,
        };
        encoding_rs::Encoding::for_label(name.as_bytes()).map(Self)
    }
}

/// The text of a file. Without an `encoding` it is UTF-8, or UTF-16 where a byte-order mark says so.
///
/// # Errors
///
/// The bytes are no text in that encoding; the error offers others.
pub fn decode(
    path: &str,
    bytes: &[u8],
    encoding: Option<Encoding>,
) -> Result<String, Box<Diagnostic>> {
    let by_mark = encoding_rs::Encoding::for_bom(bytes);
    if let (None, Some(Encoding(encoding))) = (by_mark, encoding) {
        refuse_utf_8(path, bytes, encoding)?;
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        return match has_errors {
            false => Ok(text.into_owned()),
            true => Err(Box::new(not(path, encoding.name()))),
        };
    }
    let (encoding, mark) = by_mark.unwrap_or((encoding_rs::UTF_8, 0));
    let rest = bytes.get(mark..).unwrap_or_default();
    match encoding.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) => Ok(text.into_owned()),
        None if encoding == encoding_rs::UTF_8 => Err(Box::new(no_utf_8(path, rest))),
        None => Err(Box::new(not(path, encoding.name()))),
    }
}

/// Decodes a file that comes in parts.
pub struct Decoding(encoding_rs::Decoder);

impl Decoding {
    /// For a file that begins so. A byte-order mark goes before the `encoding`; without both it is UTF-8.
    ///
    /// # Errors
    ///
    /// It begins with other letters in UTF-8 than the `encoding` makes of them.
    pub fn of(
        path: &str,
        begin: &[u8],
        encoding: Option<Encoding>,
    ) -> Result<Self, Box<Diagnostic>> {
        let by_mark = encoding_rs::Encoding::for_bom(begin).map(|(encoding, _)| encoding);
        let stated = encoding.map(|Encoding(encoding)| encoding);
        if let (None, Some(encoding)) = (by_mark, stated) {
            // The last letter may go on behind it.
            let whole = match std::str::from_utf8(begin) {
                Err(error) if error.error_len().is_none() => begin.get(..error.valid_up_to()),
                _ => Some(begin),
            };
            refuse_utf_8(path, whole.unwrap_or_default(), encoding)?;
        }
        let encoding = by_mark.or(stated).unwrap_or(encoding_rs::UTF_8);
        Ok(Self(encoding.new_decoder_with_bom_removal()))
    }

    /// Adds the text of the next bytes; `is_last` where no more come.
    ///
    /// # Errors
    ///
    /// The bytes are no text in the encoding; the error offers others.
    pub fn add(
        &mut self,
        path: &str,
        bytes: &[u8],
        is_last: bool,
        text: &mut String,
    ) -> Result<(), Box<Diagnostic>> {
        let most = self.0.max_utf8_buffer_length_without_replacement(bytes.len());
        text.reserve(most.unwrap_or(0));
        let (result, _) = self.0.decode_to_string_without_replacement(bytes, text, is_last);
        let encoding = self.0.encoding();
        match result {
            encoding_rs::DecoderResult::InputEmpty => Ok(()),
            _ if encoding == encoding_rs::UTF_8 => Err(Box::new(no_utf_8(path, bytes))),
            _ => Err(Box::new(not(path, encoding.name()))),
        }
    }
}

/// Refuses an encoding that a file in UTF-8 does not need: its names would be spoilt without a word. By
/// chance no text in another encoding with a byte for each letter is UTF-8 as well.
fn refuse_utf_8(
    path: &str,
    bytes: &[u8],
    encoding: &'static encoding_rs::Encoding,
) -> Result<(), Box<Diagnostic>> {
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| !text.is_ascii()) else {
        return Ok(());
    };
    if !encoding.is_single_byte() {
        return Ok(());
    }
    let at = text.find(|c: char| !c.is_ascii()).unwrap_or(0);
    let (before, behind) = text.split_at(at);
    let start = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |end| end + 1);
    let word = before.get(start..).unwrap_or_default().chars().chain(behind.chars());
    let word: String = word.take_while(|c| c.is_alphanumeric()).take(SAMPLE).collect();
    let (other, _) = encoding.decode_without_bom_handling(word.as_bytes());
    let message = format!(
        "the file is UTF-8: {} would read {} as {}",
        encoding.name(),
        quoted(&word),
        quoted(&other)
    );
    let place = Place { file: SourceFile::new(path, text.to_owned()), span: at..at };
    let fault = Diagnostic::error(Code::NotUtf8, place, message);
    Err(Box::new(fault.help("leave --encoding out")))
}

fn not(path: &str, encoding: &str) -> Diagnostic {
    let place = Place { file: SourceFile::new(path, String::new()), span: 0..0 };
    let message = format!("the file is no text in {encoding}");
    let help = "save it anew as \"CSV UTF-8\" in the spreadsheet program";
    Diagnostic::error(Code::NotUtf8, place, message).help(help)
}

/// Shows how the first strange word would read.
fn no_utf_8(path: &str, bytes: &[u8]) -> Diagnostic {
    let good = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let readable = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default()).into_owned();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let before =
        bytes.get(..good).unwrap_or_default().iter().rev().take_while(|byte| is_word(byte));
    let start = good - before.count().min(SAMPLE);
    let word = bytes.get(start..).unwrap_or_default();
    let word: Vec<u8> = word.iter().copied().take_while(is_word).take(2 * SAMPLE).collect();
    let reading = |(name, encoding): &(&str, &'static encoding_rs::Encoding)| {
        let (text, _) = encoding.decode_without_bom_handling(&word);
        format!("--encoding {name} reads {}", quoted(&text))
    };
    let readings: Vec<String> = OFFERED.iter().map(reading).collect();
    let place = Place { file: SourceFile::new(path, readable), span: good..good };
    let message = "from here on the file is no UTF-8 text";
    let help = format!(
        "{}; or save it anew as \"CSV UTF-8\" in the spreadsheet program",
        listed(&readings, "and")
    );
    Diagnostic::error(Code::NotUtf8, place, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_and_utf_16_are_found() {
        let text = "city;Łódź\n";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let with_mark = [&[0xff, 0xfe][..], &utf_16].concat();
        assert_eq!(decode("a", text.as_bytes(), None).unwrap(), text);
        assert_eq!(decode("a", &with_mark, None).unwrap(), text);
        let with_mark = [&[0xef, 0xbb, 0xbf][..], text.as_bytes()].concat();
        assert_eq!(decode("a", &with_mark, None).unwrap(), text);
    }

    #[test]
    fn other_encodings_are_offered_with_a_sample() {
        let bytes = [b'x', b';', 0xa3, 0xf3, b'd', 0x9f, b'\n'];
        let error = decode("a.csv", &bytes, None).unwrap_err();
        let help = error.help.unwrap();
        assert!(help.contains("--encoding windows-1250 reads `Łódź`"), "{help}");
        assert!(help.contains("--encoding windows-1252 reads `£ódŸ`"), "{help}");
        let encoding = Encoding::from_name("CP1250");
        assert_eq!(decode("a.csv", &bytes, encoding).unwrap(), "x;Łódź\n");
        assert_eq!(Encoding::from_name("latin-9000"), None);
        let error = decode("a.csv", "x;Łódź\n".as_bytes(), encoding).unwrap_err();
        assert_eq!(error.message, "the file is UTF-8: windows-1250 would read `Łódź` as `Ĺ�ĂłdĹş`");
        assert_eq!(decode("a.csv", b"x;Lodz\n", encoding).unwrap(), "x;Lodz\n");
    }
}
