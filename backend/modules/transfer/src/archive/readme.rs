//! What a person reads who opens the archive.

use super::manifest::{About, Member};

/// The name of the explanation in the archive.
pub(super) const NAME: &str = "README.txt";

/// What is in it and how it is read. The lines end as Windows wants them, which everything else takes too.
pub(super) fn text(about: &About, members: &[Member], missing: &[String]) -> String {
    let mut told = format!(
        "Everything that the store \"{}\" holds, as of {}.\n\n",
        about.store,
        about.begun_at.format("%Y-%m-%d %H:%M UTC")
    );
    told.push_str(EXPLANATION);
    for member in members.iter().filter(|member| member.rows.is_some()) {
        line(&mut told, &format!("  {}: {}", member.name, member.rows.unwrap_or(0)));
    }
    let pictures = members.iter().filter(|member| member.name.contains('/')).count();
    line(&mut told, &format!("  pictures: {pictures}"));
    if !missing.is_empty() {
        line(
            &mut told,
            &format!(
                "\nPictures whose files were no longer there: {}. manifest.json names them.",
                missing.len()
            ),
        );
    }
    told.replace('\n', "\r\n")
}

fn line(told: &mut String, text: &str) {
    told.push_str(text);
    told.push('\n');
}

const EXPLANATION: &str = "\
Each kind of record is here twice: as a table (.csv, for spreadsheets) and as documents (.jsonl, one JSON object per line, for programs). \
The documents hold everything; the tables hold what fits into columns.

In the tables an apostrophe stands before texts that a spreadsheet would take for a formula. Sums of money have the decimals of the \
currency; in the documents they are whole numbers of its smallest unit (..._minor).

products.csv can be imported into another shop, of this system or of another that reads Shopify's product file. pictures.csv says of \
which product each file in pictures/ is.

manifest.json lists every file with its rows, its bytes and its SHA-256. The archive was read back and held against that list before \
it was handed out. The shop stayed open meanwhile: what changed while it was written may be in one file and not yet in another.

Not in it: passwords, sessions and keys, carts, mails that were sent, and the log of who did what.

Rows in each file:
";
