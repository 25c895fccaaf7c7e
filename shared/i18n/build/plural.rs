//! Rules of the plural in CLDR's own syntax (UTS 35, part 3), for whole numbers: `i % 10 = 2..4 and i % 100 != 12..14`.

/// The rule as a Rust expression over `n: u64`.
pub fn expression(rule: &str) -> Result<String, String> {
    let each: Vec<String> = rule.split(" or ").map(all).collect::<Result<_, _>>()?;
    // What is true of no whole number, neither.
    let said: Vec<String> = each.into_iter().filter(|conditions| conditions != "false").collect();
    Ok(if said.is_empty() { "false".to_owned() } else { said.join(" || ") })
}

fn all(conditions: &str) -> Result<String, String> {
    let each: Vec<String> = conditions.split(" and ").map(relation).collect::<Result<_, _>>()?;
    // What is true of every whole number needs no words.
    let said: Vec<String> = each.into_iter().filter(|condition| condition != "true").collect();
    Ok(if said.is_empty() { "true".to_owned() } else { said.join(" && ") })
}

fn relation(condition: &str) -> Result<String, String> {
    let wrong = || format!("{condition:?} is no condition of a plural");
    let (left, right, equal) = match condition.split_once("!=") {
        Some((left, right)) => (left, right, false),
        None => condition
            .split_once('=')
            .map(|(left, right)| (left, right, true))
            .ok_or_else(wrong)?,
    };
    let (operand, modulus) = match left.split_once('%') {
        Some((operand, modulus)) => (operand.trim(), Some(modulus.trim().parse::<u64>().map_err(|_| wrong())?)),
        None => (left.trim(), None),
    };
    let ranges: Vec<(u64, u64)> = right.split(',').map(range).collect::<Option<_>>().ok_or_else(wrong)?;
    match operand {
        "n" | "i" => {}
        // Decimals and exponents, which a whole number has none of.
        "v" | "w" | "f" | "t" | "e" | "c" => {
            let zero = ranges.iter().any(|(from, _)| *from == 0);
            return Ok((zero == equal).to_string());
        }
        _ => return Err(wrong()),
    }
    let value = modulus.map_or("n".to_owned(), |modulus| format!("n % {modulus}"));
    let patterns: Vec<String> = ranges
        .iter()
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}..={to}") })
        .collect();
    let sign = if equal { "" } else { "!" };
    Ok(format!("{sign}matches!({value}, {})", patterns.join(" | ")))
}

fn range(text: &str) -> Option<(u64, u64)> {
    let (from, to) = text.trim().split_once("..").unwrap_or((text.trim(), text.trim()));
    Some((from.parse().ok()?, to.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[test]
    fn rules_are_those_of_cldr_and_know_whole_numbers() {
        for (rule, code) in [
            ("i = 1 and v = 0", "matches!(n, 1)"),
            ("i = 0,1", "matches!(n, 0 | 1)"),
            (
                "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
                "matches!(n % 10, 2..=4) && !matches!(n % 100, 12..=14)",
            ),
            (
                "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5",
                "!matches!(n, 0) && matches!(n % 1000000, 0)",
            ),
        ] {
            assert_eq!(expression(rule).as_deref(), Ok(code), "{rule}");
        }
        assert!(expression("x = 1").is_err() && expression("n is 1").is_err() && expression("").is_err());
    }
}
