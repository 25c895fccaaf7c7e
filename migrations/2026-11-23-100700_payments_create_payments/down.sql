DROP TABLE test_card_charges;
DROP TABLE payment_ledger;
DROP TABLE payments;
