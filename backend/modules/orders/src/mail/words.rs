//! The sentences of the mails, one table per language.

/// The words of a language; `{…}` stands for what is filled in.
#[derive(Debug)]
pub struct Words {
    pub decimal_comma: bool,
    pub greeting: &'static str,
    pub confirmation_subject: &'static str,
    pub confirmation_text: &'static str,
    pub shipped_subject: &'static str,
    pub shipped_text: &'static str,
    pub cancelled_subject: &'static str,
    pub cancelled_text: &'static str,
    pub money_returns: &'static str,
    pub tracking: &'static str,
    pub subtotal: &'static str,
    pub shipping: &'static str,
    pub tax: &'static str,
    pub tax_included: &'static str,
    pub total: &'static str,
    pub payment: &'static str,
    pub look: &'static str,
    pub farewell: &'static str,
}

static EN: Words = Words {
    decimal_comma: false,
    greeting: "Hello {name},",
    confirmation_subject: "Your order #{number} at {shop}",
    confirmation_text: "thank you for your order #{number}. We have received it and will let you know when it is on its way.",
    shipped_subject: "Your order #{number} is on its way",
    shipped_text: "we have shipped this from your order #{number}:",
    cancelled_subject: "Your order #{number} was cancelled",
    cancelled_text: "your order #{number} was cancelled.",
    money_returns: "What you have paid will be returned to you.",
    tracking: "Tracking: {tracking}",
    subtotal: "Subtotal",
    shipping: "Shipping",
    tax: "{tax} ({rate} %)",
    tax_included: "including {tax} ({rate} %)",
    total: "Total",
    payment: "How to pay:\n{instructions}",
    look: "See your order",
    farewell: "Kind regards, {shop}",
};

static FR: Words = Words {
    decimal_comma: true,
    greeting: "Bonjour {name},",
    confirmation_subject: "Votre commande n° {number} chez {shop}",
    confirmation_text: "merci pour votre commande n° {number}. Nous l’avons bien reçue et vous préviendrons dès son expédition.",
    shipped_subject: "Votre commande n° {number} est en route",
    shipped_text: "nous avons expédié ces articles de votre commande n° {number} :",
    cancelled_subject: "Votre commande n° {number} a été annulée",
    cancelled_text: "votre commande n° {number} a été annulée.",
    money_returns: "Ce que vous avez payé vous sera remboursé.",
    tracking: "Suivi : {tracking}",
    subtotal: "Sous-total",
    shipping: "Livraison",
    tax: "{tax} ({rate} %)",
    tax_included: "dont {tax} ({rate} %)",
    total: "Total",
    payment: "Pour payer :\n{instructions}",
    look: "Voir votre commande",
    farewell: "Cordialement, {shop}",
};

static DE: Words = Words {
    decimal_comma: true,
    greeting: "Guten Tag {name},",
    confirmation_subject: "Ihre Bestellung {number} bei {shop}",
    confirmation_text: "vielen Dank für Ihre Bestellung {number}. Sie ist bei uns eingegangen; wir melden uns, sobald sie unterwegs ist.",
    shipped_subject: "Ihre Bestellung {number} ist unterwegs",
    shipped_text: "das haben wir aus Ihrer Bestellung {number} verschickt:",
    cancelled_subject: "Ihre Bestellung {number} wurde storniert",
    cancelled_text: "Ihre Bestellung {number} wurde storniert.",
    money_returns: "Was Sie bezahlt haben, erhalten Sie zurück.",
    tracking: "Sendungsverfolgung: {tracking}",
    subtotal: "Zwischensumme",
    shipping: "Versand",
    tax: "{tax} ({rate} %)",
    tax_included: "darin {tax} ({rate} %)",
    total: "Gesamt",
    payment: "So bezahlen Sie:\n{instructions}",
    look: "Ihre Bestellung ansehen",
    farewell: "Freundliche Grüße, {shop}",
};

/// The words of a language, English for one that is not spoken here.
pub fn of(locale: &str) -> &'static Words {
    match locale.split(['-', '_']).next() {
        Some("fr") => &FR,
        Some("de") => &DE,
        _ => &EN,
    }
}

/// Fills `{name}` and the like in.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        // What is filled in is never looked at again, so a name with braces stays a name.
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => {
                filled.push('{');
                filled.push_str(name);
                filled.push('}');
            }
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_filled_in_once_and_never_read_again() {
        let values = [("name", "{number}"), ("number", "1001")];
        assert_eq!(fill("Hello {name}, #{number}", &values), "Hello {number}, #1001");
        assert_eq!(fill("{unknown} {", &values), "{unknown} {");
    }

    #[test]
    fn every_language_names_the_order_in_every_subject() {
        for locale in ["en", "fr", "de", "de-AT", "ja"] {
            let words = of(locale);
            for subject in [words.confirmation_subject, words.shipped_subject, words.cancelled_subject] {
                assert!(subject.contains("{number}"), "{locale}: {subject}");
            }
        }
        assert_eq!(of("fr-CA").total, "Total");
        assert_eq!(of("de_AT").total, "Gesamt");
    }
}
