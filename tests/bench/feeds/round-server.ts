/**
 * 10,000 hosts in one process: every address of 127.0.0.0/8 on one port. Told by its parent which round it is and
 * asked for what it counted.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drawFeed } from './draw-feed.ts';

let round = 1;
let counts = { requests: 0, notModified: 0, received: 0, sent: 0, connections: 0, mostAtOnce: 0 };
const open = new Map<string, number>();

const server = createServer((request, response) => {
  counts.requests++;
  const n = Number(request.url!.slice(2));
  const kind = n % 100;
  const host = request.headers.host!;
  open.set(host, (open.get(host) ?? 0) + 1);
  counts.mostAtOnce = Math.max(counts.mostAtOnce, open.get(host)!);
  response.on('close', () => open.set(host, open.get(host)! - 1));
  const answer = () => {
    // From the second round on: 1 in 100 is a web page, 1 an error, 1 cut, 5 have news, the rest have not.
    if (round > 1 && kind === 1)
      return response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Wait</title>');
    if (round > 1 && kind === 2) return response.writeHead(500).end('no');
    const version = round > 1 && kind >= 10 && kind < 15 ? round : 1;
    const etag = `"${n}-${version}"`;
    if (request.headers['if-none-match'] === etag) {
      counts.notModified++;
      return response.writeHead(304, { etag }).end();
    }
    const body = Buffer.from(drawFeed(n, 20, version, 40));
    if (round > 1 && kind === 3) {
      response.writeHead(200, { 'content-length': body.length + 500 }).write(body);
      return response.socket?.destroySoon();
    }
    response
      .writeHead(200, { 'content-type': 'application/rss+xml', etag, 'content-length': body.length })
      .end(body);
  };
  if (round > 1 && kind === 0) setTimeout(answer, 2_000);
  else answer();
});
server.on('connection', (socket) => {
  counts.connections++;
  socket.on('close', () => {
    counts.received += socket.bytesRead;
    counts.sent += socket.bytesWritten;
  });
});
server.keepAliveTimeout = 1_500;
server.listen(0, '0.0.0.0', 8_192, () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on('message', (message: { round?: number }) => {
  if (message.round) {
    round = message.round;
    counts = { requests: 0, notModified: 0, received: 0, sent: 0, connections: 0, mostAtOnce: 0 };
    process.send!({ ready: true });
  } else {
    server.closeIdleConnections();
    setTimeout(() => process.send!({ counts }), 200);
  }
});
