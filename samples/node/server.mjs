// The server of an application that works with CallMyWay. README.md says how to start it, and what it answers.
import { createServer } from 'node:http';
import { CallMyWay, isSigned } from './callmyway.mjs';

const { CALLMYWAY_URL = 'http://127.0.0.1:7071', CALLMYWAY_KEY, CALLMYWAY_SECRET, PORT = '7081' } = process.env;
if (!CALLMYWAY_KEY || !CALLMYWAY_SECRET) {
  console.error('Set CALLMYWAY_KEY, an API key with the scopes "contacts", "embed" and "calls", and CALLMYWAY_SECRET (whsec_…).');
  process.exit(1);
}

const callMyWay = new CallMyWay(CALLMYWAY_URL, CALLMYWAY_KEY);

/** The events by their ids: each comes at least once. A real application has a table for them. */
const events = new Map();

const routes = {
  'POST /contacts': async (body) => callMyWay.pushContacts(JSON.parse(body)),
  // A real application knows by its own session who asks, and which agent that is.
  'POST /token': async (body) => callMyWay.token(JSON.parse(body).agentId),
  'POST /dial': async (body) => {
    const { agentId, number, id } = JSON.parse(body);
    return callMyWay.dial(agentId, number, id);
  },
  'GET /calls': async (_, url) => {
    const calls = [];
    for await (const call of callMyWay.calls(url.searchParams.get('day') ?? '')) calls.push(call);
    return calls;
  },
  'GET /events': async () => [...events.values()],
};

function takeEvent(headers, body) {
  if (!isSigned(headers, body, CALLMYWAY_SECRET)) return 401;
  events.set(headers['webhook-id'], JSON.parse(body));
  return 204;
}

const server = createServer(async (request, response) => {
  try {
    const url = new URL(request.url ?? '/', 'http://application');
    const body = await textOf(request);
    if (request.method === 'POST' && url.pathname === '/callmyway') {
      response.writeHead(takeEvent(request.headers, body)).end();
      return;
    }

    const route = routes[`${request.method} ${url.pathname}`];
    // A page of another origin can't send JSON here without being asked first.
    const isJson = request.method === 'GET' || request.headers['content-type']?.startsWith('application/json');
    if (!route || !isJson) {
      response.writeHead(route ? 415 : 404).end();
      return;
    }

    const answer = JSON.stringify(await route(body, url));
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(answer);
  } catch (error) {
    console.error(error);
    response.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8' }).end(error.message);
  }
});

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

server.listen(Number(PORT), '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${server.address().port}`));
