import { kitCatalogue, refusalsOf, type Catalogue } from '@hub/kit/errors.ts'

/** What the gateway itself refuses. Nothing here names a field, a type or a limit: that would tell a stranger the schema. */
export const gatewayCatalogue = {
  REQUEST_MALFORMED: {
    'zh-CN': '请求格式不正确:{problem}',
    en: 'The request is malformed: {problem}',
    meaning:
      'The HTTP request or its JSON is not a GraphQL request; the sentence says what is wrong with it.',
  },
  PATH_UNKNOWN: {
    'zh-CN': '没有这个路径;接口地址为 /graphql。',
    en: 'There is nothing at this path; the graph is at /graphql.',
    meaning: 'The HTTP path is served by nobody.',
  },
  METHOD_NOT_ALLOWED: {
    'zh-CN': '此请求不能使用该 HTTP 方法;请使用 POST。',
    en: 'This request cannot be made with that HTTP method; use POST.',
    meaning: 'GET carries queries only, everything else is a POST.',
  },
  CONTENT_TYPE_UNSUPPORTED: {
    'zh-CN': '请求体须为未经压缩的 application/json。',
    en: 'The body has to be application/json, not compressed.',
    meaning: 'The body came in another media type than application/json, or compressed.',
  },
  ACCEPT_UNSUPPORTED: {
    'zh-CN': '无法以所要求的格式应答。',
    en: 'No answer can be given in a media type that the request accepts.',
    meaning:
      'Accept application/json, application/graphql-response+json, text/event-stream or a multipart/mixed with its specification.',
  },
  PREFLIGHT_MISSING: {
    'zh-CN': '缺少预检请求头:请发送 apollo-require-preflight,或以 application/json 发送。',
    en: 'A preflight header is missing: send apollo-require-preflight, or a body of application/json.',
    meaning: 'Protection against requests forged by another web page (CSRF).',
  },
  BODY_TOO_LARGE: {
    'zh-CN': '请求体过大。',
    en: 'The body is too large.',
    meaning: 'The request body exceeds what one request may carry.',
  },
  DOCUMENT_MALFORMED: {
    'zh-CN': '无法解析 GraphQL 文档,位置 {place}。',
    en: 'The GraphQL document cannot be parsed, at {place}.',
    meaning: 'A syntax error; the sentence and `locations` say where.',
  },
  DOCUMENT_INVALID: {
    'zh-CN': 'GraphQL 文档与接口模式不符,位置 {place}。',
    en: 'The GraphQL document does not fit the schema, at {place}.',
    meaning: 'An unknown field, a wrong argument or the like; the sentence and `locations` say where.',
  },
  VARIABLE_INVALID: {
    'zh-CN': '变量取值与其类型不符,位置 {place}。',
    en: 'A variable does not have a value of its type; it is declared at {place}.',
    meaning: 'A required variable is missing, or a value does not fit the declared type.',
  },
  DOCUMENT_UNPUBLISHED: {
    'zh-CN': '只能执行已发布的文档。',
    en: 'Only published documents are carried out.',
    meaning: 'The document, or the id of one, is not on the list of those that this caller may send.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    'zh-CN': '尚无该编号的文档;请连同文档一起发送。',
    en: 'PersistedQueryNotFound',
    meaning:
      'No document was sent under this id yet: send it once with its text (automatic persisted queries).',
  },
  OPERATION_UNKNOWN: {
    'zh-CN': '文档中没有可执行的该名称操作。',
    en: 'The document has no such operation, or several and none was named.',
    meaning: 'Name one of the operations of the document in `operationName`.',
  },
  OPERATION_UNSUPPORTED: {
    'zh-CN': '这一操作的字段组合目前不能可靠地回答;请拆成几次请求。',
    en: 'This combination of fields cannot be answered reliably; ask for them in several requests.',
    meaning:
      'The parts of the graph cannot answer this together without mixing up values; nothing was carried out.',
  },
  OPERATION_TOO_LONG: {
    'zh-CN': '操作过长。',
    en: 'The operation is too long.',
    meaning: 'The document has too many tokens.',
  },
  OPERATION_TOO_DEEP: {
    'zh-CN': '操作嵌套过深。',
    en: 'The operation is nested too deeply.',
    meaning: 'The selections, or a value in the document or its variables, are nested too deeply.',
  },
  OPERATION_TOO_WIDE: {
    'zh-CN': '操作过宽:别名、指令或字段过多。',
    en: 'The operation is too wide: too many aliases, directives or fields.',
    meaning: 'Too many aliases, directives, root fields or fields in all, fragments unfolded.',
  },
  OPERATION_TOO_COSTLY: {
    'zh-CN': '操作要求的数据过多;请减少每页条数或嵌套列表。',
    en: 'The operation asks for too much at once: ask for shorter pages or fewer nested lists.',
    meaning: 'A list is too long, or lists within lists may bring too many objects. Nothing was carried out.',
  },
  RATE_EXCEEDED: {
    'zh-CN': '请求过于频繁;请在 {seconds} 秒后重试。',
    en: 'Too much was asked for in a short time; try again in {seconds} s.',
    meaning:
      'This caller asked for more objects in a short time than one may; HTTP 429, `Retry-After` says when to come back.',
  },
  KEYS_UNAVAILABLE: {
    'zh-CN': '暂时无法核验令牌,请稍后重试。',
    en: 'Tokens cannot be verified at the moment; try again.',
    meaning: 'The public keys of tokens cannot be had from their address; HTTP 503. The token may be good.',
  },
  SUBSCRIPTIONS_TOO_MANY: {
    'zh-CN': '同时进行的订阅过多。',
    en: 'Too many subscriptions are open at one time.',
    meaning: 'This caller has as many subscriptions as one may; end one before another is begun.',
  },
  SUBGRAPH_UNAVAILABLE: {
    'zh-CN': '「{service}」暂时无法应答,请稍后重试。',
    en: 'The part of the graph called "{service}" cannot answer at the moment; try again.',
    meaning: 'A subgraph is down, unreachable or too slow. The rest of the answer is complete.',
  },
  CLIENT_LEFT: {
    'zh-CN': '请求方已离开,不再查询。',
    en: 'Whoever asked has left: nothing more is asked for.',
    meaning: 'A query was given up because its client had left. Stands in measurements; nobody reads it.',
  },
  VALUE_MISSING: {
    'zh-CN': '此处必有的值缺失或类型不符。',
    en: 'A value that is never absent is missing here, or is not of its type.',
    meaning: 'A subgraph left out what its schema promises; what surrounds it is null.',
  },
  SUBSCRIPTION_INTERRUPTED: {
    'zh-CN': '订阅曾中断,其间的事件可能缺失。',
    en: 'The subscription was interrupted; events of that time may be missing.',
    meaning: 'Stands in `extensions` of the first event after a gap of a stream that offers no cursor.',
  },
  SUBSCRIPTION_NEEDS_STREAM: {
    'zh-CN':
      '订阅须通过 WebSocket、SSE(accept: text/event-stream)、multipart(subscriptionSpec="1.0")或长轮询(prefer: wait=30)进行。',
    en: 'A subscription needs a WebSocket, SSE (accept: text/event-stream), multipart (subscriptionSpec="1.0"), or a long poll (prefer: wait=30).',
    meaning: 'A subscription was sent as an ordinary HTTP request.',
  },
  ORIGIN_REFUSED: {
    'zh-CN': '不接受来自该网页来源的连接。',
    en: 'Connections from that origin are not accepted.',
    meaning: 'A web page of an origin that is not on the list tried to open a WebSocket.',
  },
} as const satisfies Catalogue

export type GatewayCode = keyof typeof gatewayCatalogue

/** Refusals of the gateway and those that every room shares. */
export const refuse = refusalsOf({ ...kitCatalogue, ...gatewayCatalogue })
