//! What somebody searches for, as words and as SQL.
//!
//! First every word must begin a word of the product (full text). Only when no product of the store has that, titles that are
//! written alike count (trigrams), so that "blu shrt" finds "Blue Shirt" and "shirt" does not drown in shorts.

/// Longest search that is looked at, in characters.
const MAX_LENGTH: usize = 200;
/// Words beyond these are ignored.
const MAX_WORDS: usize = 8;
/// How alike a word of the search and some part of the title must be, 0–1, for each word.
const ALIKE: &str = "0.3";
/// How close to the best title another one must come on the average of the words.
const CLOSE: &str = "0.8";

/// A search that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// The text as typed, trimmed and cut to a bearable length.
    pub text: String,
    /// Its words in lower case; empty when it is made of signs only.
    pub words: Vec<String>,
}

impl Needle {
    /// `None` when nothing was typed.
    pub fn new(typed: Option<&str>) -> Option<Self> {
        // PostgreSQL stores no NUL, so nothing can contain it.
        let text: String = typed?.replace('\0', " ").trim().chars().take(MAX_LENGTH).collect();
        if text.is_empty() {
            return None;
        }
        let words = text
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let words = words.take(MAX_WORDS).map(str::to_lowercase).collect();
        Some(Self { text, words })
    }

    /// Where each of the words begins with the text of a label, as `LIKE` wants it.
    pub fn like_prefix(&self) -> String {
        format!(
            "{}%",
            self.text
                .to_lowercase()
                .replace('\\', "\\\\")
                .replace('%', "\\%")
                .replace('_', "\\_")
        )
    }
}

/// What is in stock outweighs every match of what is not.
const IN_STOCK: i64 = 1_000_000_000;
/// Between products that match equally well, the title that is closest as a whole comes first.
const TIE: &str = "similarity(n.text, search_text(p.title)) / 1000";

/// Common table expressions `needle(text, query, words)`, from the parameters $2 (text) and $3 (words).
///
/// The lexemes are quoted one by one: nothing that is typed reaches the syntax of `tsquery`.
pub const NEEDLE: &str = "needle AS MATERIALIZED (SELECT search_text($2) AS text, \
     (SELECT string_agg('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || ''':*', ' & ')::tsquery \
      FROM unnest(to_tsvector('simple', search_text($2)))) AS query, \
     (SELECT array_agg(search_text(word)) FROM unnest($3::text[]) AS word) AS words)";

/// Whether product `p` has every word of `needle n`.
pub const HAS_WORDS: &str =
    "(coalesce(p.search_vector @@ n.query, false) OR (n.query IS NULL AND strpos(search_text(p.title), n.text) > 0))";

/// `WITH` expressions ending in `hits(id, rank)`: the products among `scope` (a condition on `p`) that the search finds.
///
/// `also` is another way for `p` to be hit, such as by an SKU.
pub fn hits(scope: &str, also: &str) -> String {
    format!(
        "{NEEDLE}, \
         exact AS MATERIALIZED (SELECT p.id, ((coalesce(ts_rank(p.search_vector, n.query), 0) + {TIE}) * 1000000)::bigint AS rank \
             FROM products p CROSS JOIN needle n WHERE {scope} AND ({HAS_WORDS} OR {also})), \
         alike AS MATERIALIZED (SELECT p.id, s.mean, {TIE} AS tie FROM products p CROSS JOIN needle n CROSS JOIN LATERAL (\
             SELECT min(word_similarity(word, search_text(p.title))) AS least, avg(word_similarity(word, search_text(p.title))) AS mean \
             FROM unnest(n.words) AS word) s \
             WHERE NOT EXISTS (SELECT 1 FROM exact) AND {scope} AND s.least >= {ALIKE}), \
         hits AS MATERIALIZED (SELECT id, rank FROM exact UNION ALL \
             SELECT id, ((mean + tie) * 1000000)::bigint FROM alike WHERE mean >= {CLOSE} * (SELECT max(mean) FROM alike))"
    )
}

/// The `hits` with what is sold out behind everything that can be bought; `stock` is about variant `v`.
pub fn hits_in_stock_first(stock: &str) -> String {
    format!(
        "(SELECT h.id, h.rank + CASE WHEN EXISTS (SELECT 1 FROM product_variants v WHERE v.store_id = $1 AND v.product_id = h.id \
             AND v.deleted_at IS NULL AND {stock}) THEN {IN_STOCK} ELSE 0 END AS rank FROM hits h)"
    )
}

/// A spelling that finds something: each word of the search replaced by the closest one of the title that is most alike.
pub fn suggestion(scope: &str) -> String {
    format!(
        "WITH {NEEDLE}, \
         best AS (SELECT search_text(p.title) AS title, s.mean FROM products p CROSS JOIN needle n CROSS JOIN LATERAL (\
             SELECT avg(word_similarity(word, search_text(p.title))) AS mean FROM unnest(n.words) AS word) s \
             WHERE {scope} AND s.mean > 0.2 ORDER BY s.mean DESC, p.id LIMIT 1) \
         SELECT (SELECT string_agg(closest.word, ' ' ORDER BY asked.place) FROM unnest(n.words) WITH ORDINALITY AS asked(word, place) CROSS JOIN LATERAL (\
             SELECT part AS word FROM regexp_split_to_table(best.title, '[^[:alnum:]]+') AS part WHERE similarity(part, asked.word) > 0.2 \
             ORDER BY similarity(part, asked.word) DESC, part LIMIT 1) closest) AS text \
         FROM best CROSS JOIN needle n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_no_search() {
        assert_eq!(Needle::new(None), None);
        assert_eq!(Needle::new(Some("  \u{0} ")), None);
    }

    #[test]
    fn a_search_is_cut_into_words() {
        let needle = Needle::new(Some("  T-Shirt & SÖHNE ")).unwrap();
        assert_eq!(needle.text, "T-Shirt & SÖHNE");
        assert_eq!(needle.words, ["t", "shirt", "söhne"]);
    }

    #[test]
    fn a_search_of_signs_keeps_its_text() {
        let needle = Needle::new(Some("🚀")).unwrap();
        assert_eq!((needle.text.as_str(), needle.words.len()), ("🚀", 0));
    }

    #[test]
    fn a_search_of_any_length_is_bounded() {
        let needle = Needle::new(Some(&"word ".repeat(10_000))).unwrap();
        assert_eq!((needle.text.chars().count(), needle.words.len()), (200, 8));
    }

    #[test]
    fn wildcards_in_an_sku_are_letters() {
        assert_eq!(Needle::new(Some("A_1%\\")).unwrap().like_prefix(), "a\\_1\\%\\\\%");
    }
}
