import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';
import { UserError } from '../model/errors.ts';
import type { Health } from './health.ts';

export interface StatusServer {
  port: number;
  close(): Promise<void>;
}

/** `GET /health` (200 or 503, JSON) and `GET /metrics` (Prometheus text). @throws UserError where the port is taken */
export async function startStatusServer(
  address: { host: string; port: number },
  health: () => Health,
  metrics: Registry,
): Promise<StatusServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET') response.writeHead(405).end();
    else if (request.url === '/health') {
      const state = health();
      response
        .writeHead(state.ok ? 200 : 503, { 'content-type': 'application/json' })
        .end(`${JSON.stringify(state)}\n`);
    } else if (request.url === '/metrics')
      metrics.metrics().then(
        (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    else response.writeHead(404).end();
  });
  await listen(server, address);
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message =
        cause.code === 'EADDRINUSE'
          ? `port ${port} on ${host} is taken`
          : `cannot listen on ${host}:${port}: ${cause.message}`;
      reject(
        new UserError('port', message, {
          hint: 'Set another http.port in the configuration, or stop what uses it.',
          cause,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}
