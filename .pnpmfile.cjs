// The packages that carry Node itself declare `os` and `cpu` as strings; pnpm wants lists.
module.exports = {
  hooks: {
    readPackage(pkg) {
      for (const key of ['os', 'cpu', 'libc']) if (typeof pkg[key] === 'string') pkg[key] = [pkg[key]]
      return pkg
    },
  },
}
