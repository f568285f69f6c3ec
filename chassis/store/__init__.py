"""The store: connection, transactions, documents. Everything a service keeps goes through here."""
