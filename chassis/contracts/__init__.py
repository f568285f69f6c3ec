"""The published language: schemas, examples, AsyncAPI and a page, made from what the services' event classes declare."""
