"""The pipeline of one write: validate, claim, read, translate, forward, read back, store, answer."""
