-- What only the reader of a mail may see, such as a link that lets in: encrypted, and gone when the mail has left.
ALTER TABLE mail_messages ADD COLUMN secret bytea;
