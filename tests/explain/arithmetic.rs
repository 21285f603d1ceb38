//! Reads the arithmetic of a sentence as a colleague with a pencil would, with whole fractions.

/// A fraction; the denominator is positive.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    numerator: i128,
    denominator: i128,
}

/// What a sentence says at its end, after everything in it was worked out again.
///
/// A sentence is `WORDS: EXPRESSION = VALUE`, where the value may go on: `, rounded half up to
/// AMOUNT`, then ` each, x PARTICIPANTS = AMOUNT EUR`.
pub fn check(sentence: &str) -> Result<Number, String> {
    result(arithmetic(sentence))
}

/// What each participant gets, where the sentence says so.
pub fn each(sentence: &str) -> Option<Number> {
    let (before, _) = arithmetic(sentence).split_once(" each, ")?;
    number(before.rsplit(' ').next()?)
}

/// What stands after the words.
fn arithmetic(sentence: &str) -> &str {
    let after = sentence.rsplit_once(": ").map_or(sentence, |(_, after)| after);
    after.rsplit_once("; ").map_or(after, |(_, after)| after)
}

/// Works out `EXPRESSION = VALUE = ...`, and says what it comes to.
pub fn result(text: &str) -> Result<Number, String> {
    let mut parts = text.split(" = ");
    let first = parts.next().unwrap_or_default();
    let mut value = match first.split_once(" < ").or_else(|| first.split_once(" >= ")) {
        None => evaluate(first)?,
        Some((left, right)) => {
            let (left, right) = (evaluate(left)?, evaluate(right)?);
            if left.is_less(right) != first.contains(" < ") {
                return Err(format!("{first} does not hold"));
            }
            right
        }
    };
    for part in parts {
        value = stated(part, value)?;
    }
    Ok(value)
}

/// What a part of a sentence states, which must be `value`, taken further by what follows.
fn stated(part: &str, value: Number) -> Result<Number, String> {
    let (number_text, rest) = part.split_once(' ').unwrap_or((part, ""));
    let number_text = number_text.trim_end_matches([',', ';']);
    let is_cut = number_text.ends_with("...");
    let shown = number(number_text.trim_end_matches("...")).ok_or(format!("no number: {part}"))?;
    let off = value.plus(shown.times(whole(-1)));
    let unit = Number { numerator: 1, denominator: 10_000 };
    let fits = match is_cut {
        true => off.numerator > 0 && off.is_less(unit),
        false => off.numerator == 0,
    };
    if !fits {
        return Err(format!("{part}: it is {}/{}", value.numerator, value.denominator));
    }
    let mut value = value;
    let mut rest = rest;
    match rest.strip_prefix("rounded half up to ") {
        Some(after) => {
            let (amount, after) = after.split_once(' ').unwrap_or((after, ""));
            let amount = number(amount).ok_or(format!("no amount: {part}"))?;
            let cents = value.numerator * 100;
            let cents = (2 * cents + value.denominator).div_euclid(2 * value.denominator);
            if amount.cents() != cents {
                return Err(format!("{part}: rounded it is {cents} cents"));
            }
            (value, rest) = (amount, after);
        }
        None if is_cut => return Err(format!("{part}: not rounded")),
        None => {}
    }
    match rest.strip_prefix("each, ") {
        Some(times) => {
            let times = times.strip_prefix("x ").ok_or(format!("no x: {part}"))?;
            Ok(value.times(number(times).ok_or(format!("no number: {part}"))?))
        }
        None => Ok(value),
    }
}

/// An amount or count with thousands separators in the right places.
pub fn number(text: &str) -> Option<Number> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3);
    // A year, such as 2025, stands without.
    let is_right = grouped && groups[0].len() <= if groups.len() > 1 { 3 } else { 4 };
    let digits = format!("{}{decimals}", groups.concat());
    let denominator = 10_i128.pow(u32::try_from(decimals.len()).ok()?);
    let numerator = digits.parse().ok().filter(|_| is_right)?;
    Some(Number { numerator, denominator })
}

fn whole(number: i128) -> Number {
    Number { numerator: number, denominator: 1 }
}

impl Number {
    fn plus(self, other: Self) -> Self {
        let numerator = self.numerator * other.denominator + other.numerator * self.denominator;
        Self { numerator, denominator: self.denominator * other.denominator }.reduced()
    }

    fn times(self, other: Self) -> Self {
        let numerator = self.numerator * other.numerator;
        Self { numerator, denominator: self.denominator * other.denominator }.reduced()
    }

    fn over(self, other: Self) -> Self {
        self.times(Self { numerator: other.denominator, denominator: other.numerator })
    }

    fn is_less(self, other: Self) -> bool {
        self.numerator * other.denominator < other.numerator * self.denominator
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.numerator.abs(), self.denominator);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = a.max(1);
        Self { numerator: self.numerator / divisor, denominator: self.denominator / divisor }
    }

    /// In cents, which must be whole.
    pub fn cents(self) -> i128 {
        assert_eq!(self.numerator * 100 % self.denominator, 0, "{self:?} is no amount");
        self.numerator * 100 / self.denominator
    }

    /// A whole number.
    pub fn whole(self) -> i128 {
        assert_eq!(self.numerator % self.denominator, 0, "{self:?} is not whole");
        self.numerator / self.denominator
    }
}

/// Works out an expression of + - x / % and brackets; words say what numbers are and are passed over.
fn evaluate(text: &str) -> Result<Number, String> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let is_word = |token: &&str| {
        let token = token.trim_end_matches(',');
        token.chars().all(|c| c.is_ascii_alphabetic()) && token != "x"
    };
    let tokens: Vec<&str> = spaced.split_whitespace().filter(|token| !is_word(token)).collect();
    let mut at = 0;
    let value = sum(&tokens, &mut at)?;
    match at == tokens.len() {
        true => Ok(value),
        false => Err(format!("{text}: cannot read {:?}", tokens[at])),
    }
}

fn sum(tokens: &[&str], at: &mut usize) -> Result<Number, String> {
    let mut value = product(tokens, at)?;
    while let Some(sign @ ("+" | "-")) = tokens.get(*at).copied() {
        *at += 1;
        let next = product(tokens, at)?;
        value = value.plus(next.times(whole(if sign == "+" { 1 } else { -1 })));
    }
    Ok(value)
}

fn product(tokens: &[&str], at: &mut usize) -> Result<Number, String> {
    let mut value = factor(tokens, at)?;
    while let Some(sign @ ("x" | "/")) = tokens.get(*at).copied() {
        *at += 1;
        let next = factor(tokens, at)?;
        value = if sign == "x" { value.times(next) } else { value.over(next) };
    }
    Ok(value)
}

fn factor(tokens: &[&str], at: &mut usize) -> Result<Number, String> {
    let token = tokens.get(*at).ok_or("a number is missing")?;
    *at += 1;
    let value = if *token == "(" {
        let value = sum(tokens, at)?;
        *at += 1;
        value
    } else {
        number(token).ok_or(format!("{token:?} is no number"))?
    };
    if tokens.get(*at) == Some(&"%") {
        *at += 1;
        return Ok(value.over(whole(100)));
    }
    Ok(value)
}

/// The reader itself can fail.
#[test]
fn wrong_sentences_are_found() {
    let right = "4 students: 800.00 a month x 152 days / 30 = 4,053.3333..., rounded half up to 4,053.33 each, x 4 = 16,213.32 EUR";
    assert_eq!(check(right).expect("it is right").cents(), 1_621_332);
    assert_eq!(each(right).expect("it says each").cents(), 405_333);
    for (from, to) in [
        ("800.00", "801.00"),
        ("152", "151"),
        ("/ 30", "/ 31"),
        ("4,053.3333", "4,053.3334"),
        ("to 4,053.33", "to 4,053.34"),
        ("x 4 =", "x 5 ="),
        ("16,213.32", "16,213.33"),
        ("16,213.32", "16213.32"),
        ("3333...", "3333"),
    ] {
        let wrong = right.replacen(from, to, 1);
        assert_ne!(wrong, right);
        assert!(check(&wrong).is_err(), "{wrong}");
    }
    assert!(check("28.00 < 70 % x 40.01 = 28.007").is_ok());
    assert!(check("28.00 < 70 % x 40.00 = 28.00").is_err());
    assert!(check("28.00 >= 70 % x 40.01 = 28.007").is_err());
    assert!(result("1.00 + 2.00 = 3.01 EUR").is_err());
}
