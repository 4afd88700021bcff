// The server of a small CRM, to show how one is joined to CallMyWay. It has two jobs: it serves the pages, and it gives a
// signed-in agent a token for CallMyWay. The API key stays here: a browser never sees it.
//
//   CALLMYWAY_URL=http://127.0.0.1:7071 CALLMYWAY_KEY=… node web/demo-crm/server.mjs
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const callMyWay = process.env.CALLMYWAY_URL ?? 'http://127.0.0.1:7071';
const key = process.env.CALLMYWAY_KEY;
const port = Number(process.env.PORT ?? 7080);
// A real CRM knows by its own session who is signed in, and which of CallMyWay's agents that is.
const agentId = process.env.CALLMYWAY_AGENT ?? 'ana';

if (!key) {
  console.error('CALLMYWAY_KEY is not set: it is an API key with the scope "embed" (docs/embedding.md).');
  process.exit(1);
}

const page = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'page');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

// What the browser may load and whom it may talk to. This is all that CallMyWay needs of a page's policy.
const policy = [
  "default-src 'self'",
  `script-src 'self' ${callMyWay}`,
  `connect-src 'self' ${callMyWay} ${callMyWay.replace(/^http/, 'ws')}`,
  `frame-src ${callMyWay}`,
].join('; ');

/** Asks CallMyWay for a token of the agent. It lasts for a quarter of an hour. */
async function token(response) {
  const answer = await fetch(`${callMyWay}/api/embed-tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CallMyWay-Key': key },
    body: JSON.stringify({ agentId }),
  });
  if (!answer.ok) {
    console.error(`CallMyWay gave no token: ${answer.status} ${await answer.text()}`);
    response.writeHead(502).end();
    return;
  }

  const { token, expiresAt } = await answer.json();
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ token, expiresAt }));
}

async function file(path, response) {
  const name = normalize(path === '/' ? '/index.html' : path);
  let text = await readFile(join(page, name));
  // The page loads CallMyWay's script from where CallMyWay is.
  if (extname(name) === '.html') text = text.toString().replaceAll('{{callmyway}}', callMyWay);
  response.writeHead(200, {
    'Content-Type': `${types[extname(name)] ?? 'application/octet-stream'}; charset=utf-8`,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://crm');
  try {
    if (request.method === 'POST' && pathname === '/callmyway-token') {
      // A page of another origin could make a browser post a form, but not this header.
      if (request.headers['x-requested-with'] !== 'crm') response.writeHead(403).end();
      else await token(response);
    } else if (pathname === '/favicon.ico') response.writeHead(204).end();
    else if (request.method === 'GET') await file(pathname, response);
    else response.writeHead(405).end();
  } catch (error) {
    if (error?.code !== 'ENOENT' && error?.code !== 'EISDIR') console.error(error);
    response.writeHead(error?.code === 'ENOENT' || error?.code === 'EISDIR' ? 404 : 502).end();
  }
});
server.listen(port, '127.0.0.1', () => console.log(`The CRM is at http://127.0.0.1:${server.address().port}/`));
