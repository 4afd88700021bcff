// A CRM page that has CallMyWay in it, without a framework.

/** The CRM's own records. */
const clients = await (await fetch('/clients.json')).json();
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
  if (client) open(client, call.direction === 'in' ? 'Llamada entrante' : 'Llamada saliente');
});
phone.addEventListener('call-answered', ({ detail: call }) => say(call, 'En llamada'));
phone.addEventListener('call-ended', ({ detail: call }) => say(call, call.connectedAt ? 'Terminó' : 'No se contestó'));
phone.addEventListener('wrap-up-saved', ({ detail }) =>
  note(`${detail.outcomeLabel ?? ''} ${detail.notes ?? ''}`.trim()),
);
phone.addEventListener('wrap-up-undone', () => note('Se deshizo lo guardado'));

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

function say(call, words) {
  if (shown?.number === call.number.e164) document.getElementById('state').textContent = words;
}

function note(line) {
  if (!shown || !line) return;
  shown.history.unshift(line);
  document.getElementById('history').prepend(item(line));
}

function item(line) {
  const element = document.createElement('li');
  element.textContent = line;
  return element;
}
