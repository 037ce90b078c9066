/** Stands between a client and the database, so that a test can take the database away and give it back. */
import { createServer, connect, type Socket } from 'node:net'
import { join } from 'node:path'

export interface PostgresProxy {
  /** The same connection string, through the proxy. */
  readonly url: string
  /** All connections break, and new ones are refused. */
  takeAway(): void
  giveBack(): void
  close(): Promise<void>
}

export async function proxyTo(connectionString: string): Promise<PostgresProxy> {
  const host = decodeURIComponent(/[?&]host=([^&]*)/.exec(connectionString)?.[1] ?? '')
  const sockets = new Set<Socket>()
  let away = false
  const server = createServer((client) => {
    if (away) {
      client.destroy()
      return
    }
    const database = connect(join(host, '.s.PGSQL.5432'))
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const takeAway = () => {
    away = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: connectionString.replace(/@\/([^?]*)\?.*$/, `@127.0.0.1:${port}/$1`),
    takeAway,
    giveBack: () => {
      away = false
    },
    async close() {
      takeAway()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
