//! Customers of the ceramics studio. Names and streets are the placeholders of each country.

use super::*;

pub const CASEY: &str = "customer@example.test";
pub const ERIKA: &str = "erika.mustermann@example.test";
pub const MAX: &str = "max.mustermann@example.test";
pub const JEAN: &str = "jean.exemple@example.test";
pub const PETRA: &str = "petra.beispiel@example.test";
pub const JAN: &str = "jan.voorbeeld@example.test";
pub const MARIE: &str = "marie.modele@example.test";
pub const LOU: &str = "lou.specimen@example.test";

pub const CUSTOMERS: [DemoCustomer; 8] = [
    DemoCustomer {
        email: CASEY,
        first_name: "Casey",
        last_name: "Customer",
        password: Some(PASSWORD),
        address: european("1, rue de l'Exemple", "1111", "Luxembourg", "LU", ""),
    },
    DemoCustomer {
        email: ERIKA,
        first_name: "Erika",
        last_name: "Mustermann",
        password: Some(PASSWORD),
        address: european("Musterstraße 12", "10115", "Berlin", "DE", "+49 30 23125 012"),
    },
    DemoCustomer {
        email: MAX,
        first_name: "Max",
        last_name: "Mustermann",
        password: None,
        address: european("Beispielweg 7", "80331", "München", "DE", "+49 89 99998 007"),
    },
    DemoCustomer {
        email: JEAN,
        first_name: "Jean",
        last_name: "Exemple",
        password: Some(PASSWORD),
        address: european("12 rue du Modèle", "67000", "Strasbourg", "FR", "+33 3 53 01 00 12"),
    },
    DemoCustomer {
        email: PETRA,
        first_name: "Petra",
        last_name: "Beispiel",
        password: None,
        address: european("Beispielgasse 3/4", "1010", "Wien", "AT", ""),
    },
    DemoCustomer {
        email: JAN,
        first_name: "Jan",
        last_name: "Voorbeeld",
        password: None,
        address: european("Voorbeeldstraat 5", "1011 AA", "Amsterdam", "NL", ""),
    },
    DemoCustomer {
        email: MARIE,
        first_name: "Marie",
        last_name: "Modèle",
        password: Some(PASSWORD),
        address: european("Rue du Modèle 9", "1000", "Bruxelles", "BE", ""),
    },
    DemoCustomer {
        email: LOU,
        first_name: "Lou",
        last_name: "Specimen",
        password: None,
        address: european("4, rue Specimen", "4010", "Esch-sur-Alzette", "LU", ""),
    },
];

const fn european(
    line1: &'static str,
    postal_code: &'static str,
    city: &'static str,
    country: &'static str,
    phone: &'static str,
) -> DemoAddress {
    DemoAddress {
        line1,
        line2: "",
        postal_code,
        city,
        region: "",
        country,
        phone,
    }
}
