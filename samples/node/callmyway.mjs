// What an application's server asks CallMyWay for, with its API key. It needs nothing but Node.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** A receiver takes events of the last five minutes: what is older may be a copy that somebody else has kept. */
const mostSeconds = 300;

export class CallMyWay {
  /** @param {string} url Where CallMyWay is.  @param {string} key An API key. It stays on the server. */
  constructor(url, key) {
    this.url = url;
    this.key = key;
  }

  /** Sends contacts of the CRM, any number of them. To send them again changes nothing. Answers with what became of each. */
  async pushContacts(contacts) {
    const results = [];
    for (let at = 0; at < contacts.length; at += 500) {
      const batch = { contacts: contacts.slice(at, at + 500) };
      results.push(...(await this.ask('POST', '/api/external-contacts', { body: batch })).items);
    }
    return results;
  }

  /** A token by which a page, or this server, acts for an agent for a quarter of an hour. */
  token(agentId) {
    return this.ask('POST', '/api/embed-tokens', { body: { agentId } });
  }

  /** Calls the agent's phone, and then the number. The same key never calls twice. */
  async dial(agentId, number, key) {
    const { token } = await this.token(agentId);
    const headers = { 'X-CallMyWay-Token': token, 'Idempotency-Key': key };
    return this.ask('POST', '/api/calls', { body: { number }, headers });
  }

  /** The calls of a day (2026-03-02), as the account's zone has it, the newest first. */
  async *calls(day) {
    let next = null;
    do {
      const query = new URLSearchParams({ from: day, to: day, take: '500', ...(next && { next }) });
      const page = await this.ask('GET', `/api/calls?${query}`);
      yield* page.items;
      next = page.next;
    } while (next);
  }

  /** A request that is repeated where the host asks for it: each of ours can be. */
  async ask(method, path, { body, headers = { 'X-CallMyWay-Key': this.key } } = {}) {
    for (let tries = 1; ; tries++) {
      const answer = await fetch(this.url + path, {
        method,
        headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
        body: body && JSON.stringify(body),
      });
      const seconds = Number(answer.headers.get('Retry-After') ?? NaN);
      if ((answer.status === 429 || answer.status === 503) && seconds <= 60 && tries < 5) {
        await answer.body?.cancel();
        await wait(seconds * 1000);
        continue;
      }

      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text ? JSON.parse(text) : undefined;
    }
  }
}

/** True where an event is CallMyWay's, by the secret of our endpoint (https://www.standardwebhooks.com). */
export function isSigned(headers, body, secret, now = Date.now()) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  if (!(Math.abs(now / 1000 - Number(timestamp)) < mostSeconds)) return false;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  return signatures.split(' ').some((given) => {
    const bytes = Buffer.from(given);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}
