'use strict'

// Stands where `@apollo/gateway` asks for what would report its use, look for the cloud that it runs in, or fetch from
// registries (`overrides` in pnpm-workspace.yaml): none of it is installed, so nothing of it can run, and half of the time
// and a quarter of the memory that a gateway took to load go with it. It is empty: what is called all the same is no function.

// `@apollo/server` looks for it by name while it is loaded.
exports.makeExecutableSchema = undefined
