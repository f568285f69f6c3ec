"""Roll-out packs: what a region takes over when it joins, published once and never changed."""
