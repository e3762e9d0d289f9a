import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

const AT = Buffer.from('"at":"')

/** A client of graphql-transport-ws that costs next to nothing: it counts frames and reads no more of them than their age. */
export class PlainSocket {
  received = 0
  isStalled = false
  isClosed = false
  private readonly socket: Socket
  private readonly port: number
  private readonly note: (sentAt: number) => void
  private readonly every: () => number
  private rest: Buffer = Buffer.alloc(0)
  private isUpgraded = false
  private hear: (type: string) => void = () => {}

  constructor(port: number, note: (sentAt: number) => void, every: () => number) {
    this.port = port
    this.note = note
    this.every = every
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.socket.on('data', (chunk: Buffer) => this.read(chunk))
    this.socket.on('close', () => (this.isClosed = true))
    this.socket.on('error', () => {})
  }

  /** Resolves when the gateway has taken the subscription. */
  async subscribe(payload: object, token?: string): Promise<void> {
    this.socket.write(
      [
        'GET /graphql HTTP/1.1',
        `Host: 127.0.0.1:${this.port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Protocol: graphql-transport-ws',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        '\r\n',
      ].join('\r\n'),
    )
    await this.heard('upgrade')
    this.say({ type: 'connection_init', ...(token && { payload: { authorization: `Bearer ${token}` } }) })
    await this.heard('connection_ack')
    this.say({ id: '1', type: 'subscribe', payload })
    this.say({ type: 'ping' })
    await this.heard('pong')
  }

  stall(): void {
    this.isStalled = true
    this.socket.pause()
  }

  resume(): void {
    this.isStalled = false
    this.socket.resume()
  }

  close(): void {
    this.socket.destroy()
  }

  private heard(wanted: string): Promise<void> {
    return new Promise((resolve) => {
      this.hear = (type) => {
        if (type === wanted) resolve()
      }
    })
  }

  /** Masked with zeroes, which is as good as any mask on this machine. */
  private say(message: object): void {
    this.frame(0x81, Buffer.from(JSON.stringify(message)))
  }

  private frame(first: number, body: Buffer): void {
    const head =
      body.length < 126
        ? [first, 0x80 | body.length]
        : [first, 0x80 | 126, body.length >> 8, body.length & 0xff]
    this.socket.write(Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), body]))
  }

  private read(chunk: Buffer): void {
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    if (!this.isUpgraded) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end === -1) return void (this.rest = bytes)
      this.isUpgraded = true
      bytes = bytes.subarray(end + 4)
      this.hear('upgrade')
    }
    let at = 0
    for (;;) {
      const short = (bytes[at + 1] ?? 0) & 0x7f
      const head = short === 126 ? 4 : short === 127 ? 10 : 2
      if (bytes.length < at + head) break
      const length =
        short === 126
          ? bytes.readUInt16BE(at + 2)
          : short === 127
            ? Number(bytes.readBigUInt64BE(at + 2))
            : short
      const end = at + head + length
      if (bytes.length < end) break
      this.take((bytes[at] ?? 0) & 0x0f, bytes, at + head, end)
      at = end
    }
    this.rest = at === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at))
  }

  private take(opcode: number, bytes: Buffer, from: number, to: number): void {
    if (opcode === 9) return this.frame(0x8a, bytes.subarray(from, to))
    if (opcode !== 1) return
    const place = bytes.indexOf(AT, from)
    if (place === -1 || place >= to) {
      const { type } = JSON.parse(bytes.toString('utf8', from, to)) as { type: string }
      return this.hear(type)
    }
    this.received += 1
    if (this.received % this.every() === 0)
      this.note(Number.parseInt(bytes.toString('latin1', place + 6, place + 26), 10))
  }
}
