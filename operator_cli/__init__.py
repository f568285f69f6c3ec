"""The `nassij` command: starts the local stack and speaks to the services as any operator would, over HTTP."""
