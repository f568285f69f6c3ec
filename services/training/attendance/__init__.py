"""Half-days and the sheets signed in them, as sessions and cohorts both have them."""
