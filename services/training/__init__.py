"""Training: catalogue, needs, provincial plans, training of trainers, local sessions and who completed them."""
