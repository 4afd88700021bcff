// A CRM page that has CallMyWay in it, without a framework.

/** The CRM's own records. */
const clients = await (await fetch('/clients.json')).json();
/** Whose record each call is written into: the agent may write about one while the record of another is open. */
const clientOfCall = new Map();
const phone = document.getElementById('phone');
const list = document.getElementById('list');
const record = document.getElementById('record');

// 3. Whenever the phone needs a token, it calls this: at first, and again a minute before the end of the last one.
phone.tokenSource = async () => {
  const answer = await fetch('/callmyway-token', { method: 'POST', headers: { 'X-Requested-With': 'crm' } });
  if (!answer.ok) throw new Error(`The CRM’s server gave no token: ${answer.status}`);
  return answer.json();
};

// 4. A call opens the record of whoever it is with.
phone.addEventListener('call-started', ({ detail: call }) => {
  const client = clients.find(({ number }) => number === call.number.e164);
  if (!client) return;
  clientOfCall.set(keyOf(call), client);
  open(client, call.direction === 'in' ? 'Llamada entrante' : 'Llamada saliente');
});
phone.addEventListener('call-answered', ({ detail: call }) => say(call, 'En llamada'));
phone.addEventListener('call-ended', ({ detail: call }) => say(call, endOf(call)));
phone.addEventListener('wrap-up-saved', ({ detail }) =>
  note(detail, `${detail.outcomeLabel ?? ''} ${detail.notes ?? ''}`.trim()),
);
phone.addEventListener('wrap-up-undone', ({ detail }) => note(detail, 'Se deshizo lo guardado'));

for (const client of clients) {
  const row = list.insertRow();
  const name = row.insertCell();
  const button = document.createElement('button');
  button.textContent = client.name;
  button.addEventListener('click', () => open(client, ''));
  name.append(button);
  row.insertCell().append(dials(client.number, client.shown));
}

/** 5. A number that dials. */
function dials(number, shown) {
  const element = document.createElement('callmyway-number');
  element.setAttribute('number', number);
  element.textContent = shown;
  return element;
}

let shown;

function open(client, state) {
  shown = client;
  const heading = document.createElement('h2');
  heading.textContent = client.name;
  const call = document.createElement('p');
  call.id = 'state';
  call.textContent = state;
  const facts = document.createElement('p');
  facts.append(`Cédula ${client.document} · `, dials(client.number, client.shown));
  const history = document.createElement('ul');
  history.id = 'history';
  for (const line of client.history) history.append(item(line));
  record.replaceChildren(heading, call, facts, history);
}

function keyOf({ account, callId }) {
  return `${account}|${callId}`;
}

function say(call, words) {
  if (shown && shown === clientOfCall.get(keyOf(call))) document.getElementById('state').textContent = words;
}

function endOf({ answeredBy, connectedAt, direction }) {
  if (answeredBy) return `La contestó ${answeredBy.name}`;
  if (connectedAt) return 'Terminó';
  // Nobody took it, or it rings on for others: what became of it, the CRM's server hears.
  return direction === 'in' ? 'Dejó de sonar' : 'No se contestó';
}

/** Into the record of whoever the call was with, which is not always the one that is open. */
function note(call, line) {
  const client = clientOfCall.get(keyOf(call));
  if (!client || !line) return;
  client.history.unshift(line);
  if (client === shown) document.getElementById('history').prepend(item(line));
}

function item(line) {
  const element = document.createElement('li');
  element.textContent = line;
  return element;
}
