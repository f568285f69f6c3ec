"""Benchmarks: what the chassis costs against hand-written loops and another framework. `nassij bench` runs them."""
