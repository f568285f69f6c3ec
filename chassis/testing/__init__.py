"""Fakes that the chassis ships so that services are tested without a broker, a store or a waiting clock."""
