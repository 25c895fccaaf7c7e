//! The table.

use crate::table::{Text, texts};

texts! {
    // every page
    SkipToContent: "Skip to content", "Aller au contenu", "Zum Inhalt springen";
    Menu: "Menu", "Menu", "Menü";
    Home: "Home", "Accueil", "Startseite";
    AllProducts: "All products", "Tous les produits", "Alle Produkte";
    Categories: "Categories", "Catégories", "Kategorien";
    Search: "Search", "Rechercher", "Suchen";
    SearchPlaceholder: "Search the shop", "Rechercher dans la boutique", "Im Shop suchen";
    ShowAllResults: "Show all results", "Afficher tous les résultats", "Alle Treffer zeigen";
    Account: "Account", "Compte", "Konto";
    Cart: "Cart", "Panier", "Warenkorb";
    CartCount: "Cart, {count} items", "Panier, {count} articles", "Warenkorb, {count} Artikel";
    TrackOrder: "Track an order", "Suivre une commande", "Bestellung verfolgen";
    Language: "Language", "Langue", "Sprache";
    Shop: "Shop", "Boutique", "Shop";
    Help: "Help", "Aide", "Hilfe";
    Contact: "Contact", "Contact", "Kontakt";
    PricesIncludeTax: "All prices include tax.", "Tous les prix sont TTC.", "Alle Preise inklusive MwSt.";
    PricesExcludeTax: "All prices plus tax.", "Tous les prix sont hors taxes.", "Alle Preise zuzüglich Steuer.";
    Close: "Close", "Fermer", "Schließen";
    Cancel: "Cancel", "Annuler", "Abbrechen";
    Retry: "Try again", "Réessayer", "Erneut versuchen";
    ProgramFailed: "Part of this page did not load", "Une partie de cette page n’a pas été chargée", "Ein Teil dieser Seite wurde nicht geladen";
    ProgramFailedText: "Without it nothing can be ordered. Please check your connection and try again.",
        "Sans elle, il n’est pas possible de commander. Vérifiez votre connexion et réessayez.",
        "Ohne ihn kann nichts bestellt werden. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.";
    Next: "Next", "Suivant", "Weiter";
    Previous: "Previous", "Précédent", "Zurück";
    Pages: "Pages", "Pages", "Seiten";
    ErrorTitle: "Something went wrong", "Une erreur est survenue", "Etwas ist schiefgegangen";
    GoneTitle: "This no longer exists", "Cette page n’existe plus", "Das gibt es nicht mehr";
    GoneText: "It was removed, or the address is not quite right.", "Elle a été supprimée, ou l’adresse n’est pas tout à fait exacte.", "Es wurde entfernt, oder die Adresse stimmt nicht ganz.";
    BackToList: "Back to the list", "Retour à la liste", "Zurück zur Liste";
    RequestId: "Request", "Requête", "Anfrage";
    Loading: "Loading", "Chargement", "Wird geladen";
    Optional: "optional", "facultatif", "optional";
    ShowPassword: "Show password", "Afficher le mot de passe", "Passwort anzeigen";
    HidePassword: "Hide password", "Masquer le mot de passe", "Passwort verbergen";
    Clear: "Clear", "Effacer", "Leeren";
    ClearAll: "Clear all", "Tout effacer", "Alle entfernen";
    Remove: "Remove", "Retirer", "Entfernen";
    Breadcrumbs: "Breadcrumbs", "Fil d’Ariane", "Brotkrumen";
    DecreaseQuantity: "Decrease quantity", "Diminuer la quantité", "Menge verringern";
    IncreaseQuantity: "Increase quantity", "Augmenter la quantité", "Menge erhöhen";
    PriceBefore: "Price before", "Ancien prix", "Bisheriger Preis";
    PriceNow: "Price now", "Prix actuel", "Jetziger Preis";
    PriceFrom: "from", "à partir de", "ab";
    FormErrors: "Please check these fields", "Veuillez vérifier ces champs", "Bitte prüfen Sie diese Felder";
    NotFoundTitle: "This page is not here", "Cette page n’existe pas", "Diese Seite gibt es nicht";
    NotFoundText: "It may have moved or been sold for the last time. The shop is still open.",
        "Elle a peut-être changé d’adresse. La boutique reste ouverte.",
        "Vielleicht ist sie umgezogen. Der Shop ist trotzdem geöffnet.";
    BackToShop: "Back to the shop", "Retour à la boutique", "Zurück zum Shop";
    ClosedTitle: "We are closed for a moment", "Nous sommes fermés pour un moment", "Wir haben gerade geschlossen";
    ClosedText: "{name} is not taking orders right now. Please come back later.",
        "{name} ne prend pas de commandes pour le moment. Revenez un peu plus tard.",
        "{name} nimmt im Moment keine Bestellungen an. Bitte schauen Sie später wieder vorbei.";

    Imprint: "Imprint", "Mentions légales", "Impressum";
    Terms: "Terms of sale", "Conditions générales de vente", "Allgemeine Geschäftsbedingungen";
    SoonTitle: "Opening soon", "Ouverture prochaine", "Wir öffnen bald";
    SoonText: "{name} is getting ready. Come back soon.", "{name} se prépare. À bientôt.", "{name} wird gerade eingerichtet. Bis bald.";
    SoonPassword: "Password for invited guests", "Mot de passe des invités", "Passwort für geladene Gäste";
    SoonEnter: "Look inside", "Entrer", "Hineinschauen";
    SoonWrong: "That is not the password.", "Ce n’est pas le mot de passe.", "Das ist nicht das Passwort.";
    SoonWait: "Too many tries. Wait a moment and try again.", "Trop d’essais. Attendez un instant et réessayez.", "Zu viele Versuche. Warten Sie einen Moment und versuchen Sie es noch einmal.";

    Copy: "Copy", "Copier", "Kopieren";
    Copied: "Copied", "Copié", "Kopiert";
    JustNow: "just now", "à l’instant", "gerade eben";

    // home
    ShopNow: "Shop all products", "Voir tous les produits", "Alle Produkte ansehen";
    Featured: "Our favourites", "Nos coups de cœur", "Unsere Lieblinge";
    Newest: "New in the shop", "Nouveautés", "Neu im Shop";
    BrowseCategories: "Browse by category", "Parcourir par catégorie", "Nach Kategorie stöbern";
    ViewAll: "View all", "Tout voir", "Alle ansehen";
    EmptyShop: "The shelves are being filled", "Les rayons se remplissent", "Die Regale werden gerade gefüllt";
    EmptyShopText: "There is nothing on sale yet. Come back soon.", "Rien n’est encore en vente. Revenez bientôt.",
        "Noch ist nichts im Verkauf. Schauen Sie bald wieder vorbei.";

    // listing
    ProductsOne: "{count} product", "{count} produit", "{count} Produkt";
    ProductsMany: "{count} products", "{count} produits", "{count} Produkte";
    Filters: "Filters", "Filtres", "Filter";
    ShowResults: "Show {count} products", "Afficher {count} produits", "{count} Produkte zeigen";
    SortBy: "Sort by", "Trier par", "Sortieren nach";
    SortNewest: "Newest", "Nouveautés", "Neueste";
    SortRelevance: "Best match", "Pertinence", "Beste Treffer";
    SortPriceUp: "Price: low to high", "Prix croissant", "Preis aufsteigend";
    SortPriceDown: "Price: high to low", "Prix décroissant", "Preis absteigend";
    SortTitle: "Name", "Nom", "Name";
    Availability: "Availability", "Disponibilité", "Verfügbarkeit";
    InStock: "In stock", "En stock", "Auf Lager";
    Price: "Price", "Prix", "Preis";
    PriceMin: "Lowest price", "Prix minimal", "Preis von";
    PriceMax: "Highest price", "Prix maximal", "Preis bis";
    PriceLabelFrom: "From", "De", "Von";
    PriceLabelTo: "To", "À", "Bis";
    SoldOut: "Sold out", "Épuisé", "Ausverkauft";
    Sale: "Sale", "Promotion", "Angebot";
    ClearFilters: "Clear filters", "Effacer les filtres", "Filter zurücksetzen";
    FilteredEmpty: "Nothing matches these filters", "Aucun produit ne correspond à ces filtres", "Nichts passt zu diesen Filtern";
    FilteredEmptyText: "Take one away, or start again.", "Retirez-en un, ou recommencez.", "Nehmen Sie einen weg oder beginnen Sie neu.";
    CategoryEmpty: "Nothing here yet", "Rien ici pour l’instant", "Hier ist noch nichts";
    CategoryEmptyText: "This category has no products at the moment.", "Cette catégorie n’a pas de produits pour le moment.",
        "Diese Kategorie hat zurzeit keine Produkte.";
    SearchResults: "Results for “{query}”", "Résultats pour « {query} »", "Treffer für „{query}“";
    SearchTitle: "Search", "Recherche", "Suche";
    NoResults: "No results for “{query}”", "Aucun résultat pour « {query} »", "Keine Treffer für „{query}“";
    NoResultsText: "Check the spelling, try a more general word, or browse the categories.",
        "Vérifiez l’orthographe, essayez un mot plus général ou parcourez les catégories.",
        "Prüfen Sie die Schreibweise, versuchen Sie ein allgemeineres Wort oder stöbern Sie in den Kategorien.";
    DidYouMean: "Did you mean {suggestion}?", "Vouliez-vous dire {suggestion} ?", "Meinten Sie {suggestion}?";
    RangeOf: "{from}–{to} of {total}", "{from} à {to} sur {total}", "{from}–{to} von {total}";

    // product
    AddToCart: "Add to cart", "Ajouter au panier", "In den Warenkorb";
    Added: "Added to your cart", "Ajouté au panier", "In den Warenkorb gelegt";
    Quantity: "Quantity", "Quantité", "Menge";
    InclTax: "incl. tax", "TTC", "inkl. MwSt.";
    ExclTax: "plus tax", "hors taxes", "zzgl. Steuer";
    ChooseOption: "Choose {name}", "Choisir {name}", "{name} wählen";
    Unavailable: "not available", "non disponible", "nicht verfügbar";
    OnlyLeft: "Only {count} left", "Plus que {count} en stock", "Nur noch {count} auf Lager";
    ReadyToShip: "In stock, ready to ship", "En stock, prêt à être expédié", "Auf Lager, versandbereit";
    Details: "Details", "Détails", "Details";
    Description: "Description", "Description", "Beschreibung";
    Vendor: "Brand", "Marque", "Marke";
    Sku: "Item number", "Référence", "Artikelnummer";
    Related: "You may also like", "Vous aimerez aussi", "Das könnte Ihnen auch gefallen";
    Gallery: "Pictures of {name}", "Images de {name}", "Bilder von {name}";
    Zoom: "Enlarge the picture", "Agrandir l’image", "Bild vergrößern";
    PictureOf: "Picture {number} of {total}", "Image {number} sur {total}", "Bild {number} von {total}";
    NeedsScript: "Please switch JavaScript on to order.", "Activez JavaScript pour commander.", "Bitte schalten Sie JavaScript ein, um zu bestellen.";
    AskUs: "Interested? Write to us.", "Intéressé ? Écrivez-nous.", "Interesse? Schreiben Sie uns.";
    ProductSoldOut: "This one is sold out at the moment.", "Cet article est épuisé pour le moment.", "Dieser Artikel ist zurzeit ausverkauft.";

    // cart
    YourCart: "Your cart", "Votre panier", "Ihr Warenkorb";
    CartEmpty: "Your cart is empty", "Votre panier est vide", "Ihr Warenkorb ist leer";
    CartEmptyText: "What you put in stays here, also when you come back later.",
        "Ce que vous y mettez reste là, même si vous revenez plus tard.",
        "Was Sie hineinlegen, bleibt hier, auch wenn Sie später wiederkommen.";
    StartShopping: "Start shopping", "Commencer les achats", "Einkauf beginnen";
    ContinueShopping: "Continue shopping", "Continuer les achats", "Weiter einkaufen";
    Subtotal: "Subtotal", "Sous-total", "Zwischensumme";
    ShippingAtCheckout: "Shipping is calculated at checkout.", "La livraison est calculée à l’étape suivante.", "Der Versand wird an der Kasse berechnet.";
    Checkout: "Checkout", "Passer commande", "Zur Kasse";
    ViewCart: "View cart", "Voir le panier", "Warenkorb ansehen";
    PriceChanged: "The price changed. It was {price} before.", "Le prix a changé. Il était de {price}.", "Der Preis hat sich geändert. Vorher: {price}.";
    NowSoldOut: "Sold out. Remove it to go on.", "Épuisé. Retirez-le pour continuer.", "Ausverkauft. Bitte entfernen, um fortzufahren.";
    NoLongerSold: "No longer sold. Remove it to go on.", "N’est plus vendu. Retirez-le pour continuer.", "Nicht mehr im Verkauf. Bitte entfernen, um fortzufahren.";
    CartBlocked: "Please look at the marked items first.", "Veuillez d’abord vérifier les articles signalés.", "Bitte sehen Sie sich zuerst die markierten Artikel an.";
    RemoveItem: "Remove {name}", "Retirer {name}", "{name} entfernen";
    ToFreeShipping: "{price} to free shipping", "Plus que {price} pour la livraison gratuite", "Noch {price} bis zum kostenlosen Versand";
    FreeShippingReached: "Free shipping reached", "Livraison gratuite atteinte", "Kostenloser Versand erreicht";
    Each: "each", "l’unité", "pro Stück";

    // checkout
    SecureCheckout: "Secure checkout", "Paiement sécurisé", "Sichere Kasse";
    EditCart: "Edit cart", "Modifier le panier", "Warenkorb ändern";
    TestMode: "Test mode", "Mode test", "Testmodus";
    SoldBy: "You are buying from {name}.", "Vous achetez chez {name}.", "Sie kaufen bei {name}.";
    ContactStep: "Contact", "Contact", "Kontakt";
    DeliveryStep: "Delivery", "Livraison", "Lieferung";
    PaymentStep: "Payment", "Paiement", "Zahlung";
    HaveAccount: "Already have an account?", "Vous avez déjà un compte ?", "Haben Sie schon ein Konto?";
    SignIn: "Sign in", "Se connecter", "Anmelden";
    SignedInAs: "Signed in as {email}", "Connecté en tant que {email}", "Angemeldet als {email}";
    Email: "E-mail", "E-mail", "E-Mail";
    EmailHint: "For the confirmation of your order.", "Pour la confirmation de votre commande.", "Für die Bestätigung Ihrer Bestellung.";
    FullName: "Full name", "Nom complet", "Vor- und Nachname";
    AddressLine1: "Street and number", "Numéro et rue", "Straße und Hausnummer";
    AddressLine2: "Apartment, floor, company", "Appartement, étage, société", "Wohnung, Etage, Firma";
    City: "City", "Ville", "Ort";
    Region: "State or region", "État ou région", "Bundesland oder Region";
    PostalCode: "Postal code", "Code postal", "Postleitzahl";
    Country: "Country", "Pays", "Land";
    ChooseCountry: "Choose a country", "Choisir un pays", "Land wählen";
    Phone: "Phone", "Téléphone", "Telefon";
    PhoneHint: "Only for questions about the delivery.", "Uniquement pour la livraison.", "Nur für Rückfragen zur Lieferung.";
    BillingSame: "Billing address is the same", "Adresse de facturation identique", "Rechnungsadresse ist dieselbe";
    BillingAddress: "Billing address", "Adresse de facturation", "Rechnungsadresse";
    ShippingAddress: "Delivery address", "Adresse de livraison", "Lieferadresse";
    SavedAddress: "Saved address", "Adresse enregistrée", "Gespeicherte Adresse";
    NewAddress: "Another address", "Autre adresse", "Andere Adresse";
    ShippingMethod: "Shipping method", "Mode de livraison", "Versandart";
    Free: "Free", "Gratuit", "Kostenlos";
    FreeFrom: "Free from {price}", "Gratuit dès {price}", "Kostenlos ab {price}";
    PaymentMethod: "Payment method", "Mode de paiement", "Zahlungsart";
    CardNumber: "Card number", "Numéro de carte", "Kartennummer";
    Expiry: "Expiry (MM/YY)", "Expiration (MM/AA)", "Gültig bis (MM/JJ)";
    Cvc: "Security code", "Code de sécurité", "Prüfziffer";
    TestCardHint: "Test mode: no real card is charged. Try 4242 4242 4242 4242.",
        "Mode test : aucune carte réelle n’est débitée. Essayez 4242 4242 4242 4242.",
        "Testmodus: Es wird keine echte Karte belastet. Versuchen Sie 4242 4242 4242 4242.";
    OrderNote: "Note for us", "Message pour nous", "Nachricht an uns";
    OrderSummary: "Order summary", "Récapitulatif", "Bestellübersicht";
    Shipping: "Shipping", "Livraison", "Versand";
    ChooseShipping: "Choose a shipping method", "Choisissez un mode de livraison", "Bitte Versandart wählen";
    Discount: "Discount", "Remise", "Rabatt";
    IncludesTax: "Includes {name}", "Dont {name}", "Enthält {name}";
    Total: "Total", "Total", "Gesamtsumme";
    PayNow: "Pay {price}", "Payer {price}", "{price} bezahlen";
    PlaceOrder: "Place order, {price}", "Commander, {price}", "Zahlungspflichtig bestellen, {price}";
    PaySafely: "Encrypted. You are charged only once, even when the connection fails.",
        "Chiffré. Vous n’êtes débité qu’une seule fois, même si la connexion échoue.",
        "Verschlüsselt. Sie zahlen nur einmal, auch wenn die Verbindung abbricht.";
    CheckoutFailed: "The order was not placed", "La commande n’a pas été passée", "Die Bestellung wurde nicht aufgegeben";
    Declined: "The payment was declined. Your cart is unchanged: try another card or way to pay.",
        "Le paiement a été refusé. Votre panier est inchangé : essayez une autre carte ou un autre moyen.",
        "Die Zahlung wurde abgelehnt. Ihr Warenkorb ist unverändert: Versuchen Sie eine andere Karte oder Zahlungsart.";
    TotalChanged: "The total has changed. Please look at it again before you pay.",
        "Le total a changé. Veuillez le vérifier avant de payer.",
        "Die Summe hat sich geändert. Bitte prüfen Sie sie, bevor Sie bezahlen.";
    StockChanged: "Something in your cart is no longer available in that quantity.",
        "Un article de votre panier n’est plus disponible dans cette quantité.",
        "Etwas in Ihrem Warenkorb ist in dieser Menge nicht mehr verfügbar.";
    PayButton: "Pay", "Payer", "Bezahlen";
    OrderButton: "Place order", "Commander", "Zahlungspflichtig bestellen";
    OpenPayment: "A payment of {price} is still open", "Un paiement de {price} est encore en cours", "Eine Zahlung über {price} ist noch offen";
    OpenPaymentText: "Your bank has not answered yet. Please do not pay for the same again.",
        "Votre banque n’a pas encore répondu. Merci de ne pas payer la même chose à nouveau.",
        "Ihre Bank hat noch nicht geantwortet. Bitte bezahlen Sie nicht dasselbe noch einmal.";
    OpenPaymentQuestion: "Your bank waits for your answer.", "Votre banque attend votre réponse.", "Ihre Bank wartet auf Ihre Antwort.";
    SeeOrder: "See the order", "Voir la commande", "Bestellung ansehen";
    ContinuePayment: "Continue the payment", "Poursuivre le paiement", "Zahlung fortsetzen";
    ConfirmTitle: "Confirm your payment", "Confirmez votre paiement", "Zahlung bestätigen";
    ConfirmText: "Your bank asks whether you want to pay {price} to {name}.",
        "Votre banque demande si vous souhaitez payer {price} à {name}.",
        "Ihre Bank fragt, ob Sie {price} an {name} bezahlen möchten.";
    ConfirmYes: "Yes, pay", "Oui, payer", "Ja, bezahlen";
    ConfirmNo: "No, go back", "Non, revenir", "Nein, zurück";
    BackToCart: "Back to cart", "Retour au panier", "Zurück zum Warenkorb";
    NoShipping: "This shop cannot ship yet. Please write to us.", "Cette boutique ne peut pas encore livrer. Écrivez-nous.",
        "Dieser Shop kann noch nicht liefern. Bitte schreiben Sie uns.";
    FieldRequired: "Please fill this in.", "Veuillez remplir ce champ.", "Bitte ausfüllen.";
    FieldEmail: "Please enter an e-mail address.", "Veuillez saisir une adresse e-mail.", "Bitte geben Sie eine E-Mail-Adresse ein.";
    FieldInvalid: "Please check this.", "Veuillez vérifier ce champ.", "Bitte prüfen.";
    FieldTooShort: "This is too short.", "C’est trop court.", "Das ist zu kurz.";
    FieldTooLong: "This is too long.", "C’est trop long.", "Das ist zu lang.";
    FieldPhone: "Only digits, spaces and + ( ) - . / please.", "Chiffres, espaces et + ( ) - . / seulement.", "Bitte nur Ziffern, Leerzeichen und + ( ) - . /";
    FieldTaken: "There is an account with this address already.", "Un compte existe déjà avec cette adresse.", "Mit dieser Adresse gibt es schon ein Konto.";
    FieldCardDeclined: "The card was declined. Try another one.", "La carte a été refusée. Essayez-en une autre.", "Die Karte wurde abgelehnt. Versuchen Sie eine andere.";
    FieldCardNumber: "Please check the card number.", "Veuillez vérifier le numéro de carte.", "Bitte prüfen Sie die Kartennummer.";
    FieldTestCard: "This shop takes test cards only.", "Cette boutique n’accepte que des cartes de test.", "Dieser Shop nimmt nur Testkarten an.";
    FieldExpiry: "Month and year, such as 04/30.", "Mois et année, par exemple 04/30.", "Monat und Jahr, zum Beispiel 04/30.";
    FieldExpired: "This card has expired.", "Cette carte a expiré.", "Diese Karte ist abgelaufen.";
    FieldCvc: "Three or four digits.", "Trois ou quatre chiffres.", "Drei oder vier Ziffern.";
    FieldPostalCode: "Please check the postal code.", "Veuillez vérifier le code postal.", "Bitte prüfen Sie die Postleitzahl.";

    // orders
    ThankYou: "Thank you for your order", "Merci pour votre commande", "Vielen Dank für Ihre Bestellung";
    ThankYouText: "We have sent a confirmation to {email}.", "Une confirmation a été envoyée à {email}.", "Wir haben eine Bestätigung an {email} geschickt.";
    OrderNumber: "Order {number}", "Commande {number}", "Bestellung {number}";
    OrderPending: "Your order", "Votre commande", "Ihre Bestellung";
    WaitingTitle: "Waiting for your payment", "En attente de votre paiement", "Wir warten auf Ihre Zahlung";
    HowToPay: "How to pay", "Comment payer", "So bezahlen Sie";
    WhatNext: "What happens next", "La suite", "Wie es weitergeht";
    NextPaid: "We pack your order and write to you when it is on its way.",
        "Nous préparons votre commande et vous écrivons dès son expédition.",
        "Wir packen Ihre Bestellung und schreiben Ihnen, wenn sie unterwegs ist.";
    NextUnpaid: "We ship as soon as your payment has arrived.", "Nous expédions dès réception de votre paiement.", "Wir versenden, sobald Ihre Zahlung eingegangen ist.";
    NextShipped: "Your order is on its way.", "Votre commande est en route.", "Ihre Bestellung ist unterwegs.";
    NextCancelled: "This order was cancelled. Nothing more happens.", "Cette commande a été annulée.", "Diese Bestellung wurde storniert. Es geschieht nichts mehr.";
    Print: "Print", "Imprimer", "Drucken";
    ShipTo: "Deliver to", "Adresse de livraison", "Lieferung an";
    Shipment: "Shipment", "Envoi", "Sendung";
    TrackingNumber: "Tracking number", "Numéro de suivi", "Sendungsnummer";
    History: "History", "Historique", "Verlauf";
    EventPlaced: "Order placed", "Commande passée", "Bestellung aufgegeben";
    EventPaid: "Payment received", "Paiement reçu", "Zahlung eingegangen";
    EventPaymentFailed: "Payment failed", "Paiement échoué", "Zahlung fehlgeschlagen";
    EventFulfilled: "Shipped", "Expédiée", "Versendet";
    EventCancelled: "Cancelled", "Annulée", "Storniert";
    EventUpdated: "Updated", "Mise à jour", "Aktualisiert";
    StatusAwaitingPayment: "Awaiting payment", "En attente de paiement", "Wartet auf Zahlung";
    StatusPlaced: "Placed", "Passée", "Aufgegeben";
    StatusPaid: "Paid", "Payée", "Bezahlt";
    StatusShipped: "Shipped", "Expédiée", "Versendet";
    StatusPartlyShipped: "Partly shipped", "Partiellement expédiée", "Teilweise versendet";
    StatusCancelled: "Cancelled", "Annulée", "Storniert";
    StatusRefunded: "Refunded", "Remboursée", "Erstattet";
    StatusFailed: "Payment failed", "Paiement échoué", "Zahlung fehlgeschlagen";
    TrackText: "Enter the number of your order and the e-mail address you ordered with.",
        "Saisissez le numéro de votre commande et l’adresse e-mail utilisée.",
        "Geben Sie die Bestellnummer und die E-Mail-Adresse Ihrer Bestellung ein.";
    OrderNumberLabel: "Order number", "Numéro de commande", "Bestellnummer";
    FindOrder: "Find order", "Trouver la commande", "Bestellung finden";
    TrackFailed: "No order has this number and this address. Check both.", "Aucune commande ne correspond. Vérifiez les deux.",
        "Zu dieser Nummer und Adresse gibt es keine Bestellung. Bitte prüfen Sie beides.";
    OrderHidden: "This order cannot be shown here", "Cette commande ne peut pas être affichée ici", "Diese Bestellung kann hier nicht gezeigt werden";
    OrderHiddenText: "Look it up with its number and your e-mail address.", "Retrouvez-la avec son numéro et votre adresse e-mail.",
        "Suchen Sie sie mit Nummer und E-Mail-Adresse.";
    CreateAccountHint: "Create an account with this address to find your next orders in one place.",
        "Créez un compte avec cette adresse pour retrouver vos prochaines commandes.",
        "Legen Sie mit dieser Adresse ein Konto an, um künftige Bestellungen an einem Ort zu finden.";

    // account
    SignInTitle: "Sign in", "Se connecter", "Anmelden";
    SignInText: "Welcome back.", "Heureux de vous revoir.", "Willkommen zurück.";
    Password: "Password", "Mot de passe", "Passwort";
    PasswordHint: "At least 10 characters.", "Au moins 10 caractères.", "Mindestens 10 Zeichen.";
    NewHere: "New here?", "Nouveau ici ?", "Neu hier?";
    Register: "Create an account", "Créer un compte", "Konto anlegen";
    RegisterText: "For quicker checkouts and all your orders in one place.", "Pour commander plus vite et retrouver toutes vos commandes.",
        "Für schnelleres Bestellen und alle Bestellungen an einem Ort.";
    SignInFailed: "Signing in failed", "La connexion a échoué", "Anmeldung fehlgeschlagen";
    RegisterFailed: "The account was not created", "Le compte n’a pas été créé", "Das Konto wurde nicht angelegt";
    SignOut: "Sign out", "Se déconnecter", "Abmelden";
    YourAccount: "Your account", "Votre compte", "Ihr Konto";
    Hello: "Hello, {name}", "Bonjour {name}", "Hallo {name}";
    Orders: "Orders", "Commandes", "Bestellungen";
    Addresses: "Addresses", "Adresses", "Adressen";
    Profile: "Profile", "Profil", "Profil";
    BackToOrders: "Back to orders", "Retour aux commandes", "Zurück zu den Bestellungen";
    NoOrders: "No orders yet", "Aucune commande", "Noch keine Bestellungen";
    NoOrdersText: "Your orders appear here once you have placed one.", "Vos commandes apparaîtront ici.", "Ihre Bestellungen erscheinen hier.";
    NoAddresses: "No saved addresses", "Aucune adresse enregistrée", "Keine gespeicherten Adressen";
    NoAddressesText: "Save one to fill in the checkout with a tap.", "Enregistrez-en une pour commander plus vite.", "Speichern Sie eine, um an der Kasse schneller zu sein.";
    AddAddress: "Add an address", "Ajouter une adresse", "Adresse hinzufügen";
    EditAddress: "Edit address", "Modifier l’adresse", "Adresse bearbeiten";
    Edit: "Edit", "Modifier", "Bearbeiten";
    Delete: "Delete", "Supprimer", "Löschen";
    DefaultAddress: "Default", "Par défaut", "Standard";
    MakeDefault: "Use as default", "Utiliser par défaut", "Als Standard verwenden";
    Save: "Save", "Enregistrer", "Speichern";
    Saved: "Saved", "Enregistré", "Gespeichert";
    ChangePassword: "Change password", "Changer le mot de passe", "Passwort ändern";
    CurrentPassword: "Current password", "Mot de passe actuel", "Bisheriges Passwort";
    NewPassword: "New password", "Nouveau mot de passe", "Neues Passwort";
    PasswordChanged: "Password changed. Other devices are signed out.", "Mot de passe changé. Les autres appareils sont déconnectés.",
        "Passwort geändert. Andere Geräte sind abgemeldet.";
    PlacedOn: "Placed on {date}", "Passée le {date}", "Bestellt am {date}";
    ItemsOne: "{count} item", "{count} article", "{count} Artikel";
    ItemsMany: "{count} items", "{count} articles", "{count} Artikel";
}
