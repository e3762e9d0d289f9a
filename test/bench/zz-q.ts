import postgres from 'postgres'
const sql = postgres(process.argv[2]!, { max: 1, connection: { search_path: 'knowledge,public' } })
for (const q of process.argv.slice(3)) {
  const t = performance.now()
  const r = await sql.unsafe(q)
  console.log(
    r.length < 60 ? r.map((x) => Object.values(x).join(' | ')).join('\n') : r.length,
    (performance.now() - t).toFixed(1),
  )
}
await sql.end()
