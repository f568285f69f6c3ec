"""The contestant that stands on the chassis: two small services, written as any other."""
