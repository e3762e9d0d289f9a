// The page of /graphiql: GraphiQL over this gateway, with the published documents as tabs and a field for the token.
// Runs in the browser, without a build: React, ReactDOM and GraphiQL are the prepared bundles of their packages.
const { React, ReactDOM, GraphiQL } = globalThis
const { createElement, useState } = React
const asksForToken = document.documentElement.dataset['auth'] !== 'none'
const KEPT = 'hub12345.token'

const documents = await (await fetch('/graphiql/documents.json')).json()

/** Sends what GraphiQL asks; a subscription comes as server-sent events, what is deferred in parts. */
function fetcherFor(token) {
  return async ({ query, operationName, variables }, { headers = {} } = {}) => {
    const streams = /^\s*subscription\b/m.test(query)
    const plain = query.includes('@defer')
      ? 'multipart/mixed;deferSpec=20220824, application/json'
      : 'application/json'
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: streams ? 'text/event-stream' : plain,
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, operationName, variables }),
    })
    const type = response.headers.get('content-type') ?? ''
    if (type.startsWith('text/event-stream')) return events(response.body)
    return type.startsWith('multipart/mixed') ? parts(response.body) : response.json()
  }
}

/** The results in a stream of server-sent events. */
async function* events(body) {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const parts = (text + chunk).split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      if (/^event: complete$/m.test(part)) return
      const data = /^data: (.*)$/m.exec(part)?.[1]
      if (data) yield JSON.parse(data)
    }
  }
}

/** The results in an answer in parts. */
async function* parts(body) {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const whole = (text + chunk).split('\r\n---')
    text = whole.pop() ?? ''
    for (const part of whole) {
      const json = part.slice(part.indexOf('\r\n\r\n') + 4)
      if (json.startsWith('{')) yield JSON.parse(json)
    }
  }
}

function Explorer() {
  const [token, setToken] = useState(sessionStorage.getItem(KEPT) ?? '')
  const keep = (event) => {
    const given = event.target.value.trim()
    sessionStorage.setItem(KEPT, given)
    setToken(given)
  }
  const field = createElement('input', {
    type: 'password',
    value: token,
    onChange: keep,
    placeholder: '令牌 token',
    'aria-label': '令牌 token',
    autoComplete: 'off',
  })
  const hint = createElement('span', null, 'npm run -s hub -- token --role OFFICE')
  return createElement(
    'div',
    { className: 'explorer' },
    asksForToken && createElement('header', null, createElement('strong', null, 'GraphiQL'), field, hint),
    // Another token may see another graph: it is read anew.
    createElement(GraphiQL, {
      key: token,
      fetcher: fetcherFor(token),
      // Without any tab GraphiQL fails; with none named it opens its own.
      ...(documents.length > 0 && {
        defaultTabs: documents.map(({ text }) => ({ query: text, headers: '', variables: '' })),
      }),
      isHeadersEditorEnabled: true,
      shouldPersistHeaders: false,
    }),
  )
}

ReactDOM.createRoot(document.querySelector('#explorer')).render(createElement(Explorer))
