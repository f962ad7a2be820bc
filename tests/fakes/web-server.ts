import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface WebServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  port: number;
  /** Requests in order of arrival. */
  requests: { url: string; headers: IncomingMessage['headers'] }[];
  /** Connections that reached it, whether or not they asked for anything. */
  connections: () => number;
  /** From now on requests are answered like this. */
  answer(listener: RequestListener): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A web server on loopback that answers as the test says; with `pem` (key and certificate) over TLS. */
export async function startWebServer(
  listener: RequestListener,
  { pem, host = '127.0.0.1', port: wanted = 0 }: { pem?: string; host?: string; port?: number } = {},
): Promise<WebServer> {
  let current = listener;
  let connections = 0;
  const requests: WebServer['requests'] = [];
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    current(request, response);
  };
  const server = pem ? createTlsServer({ key: pem, cert: pem }, handle) : createServer(handle);
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(wanted, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http${pem ? 's' : ''}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    requests,
    connections: () => connections,
    answer(next) {
      current = next;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
