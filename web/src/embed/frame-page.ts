import { FrameHost } from './frame-host.js';
import { originIn } from './frame-protocol.js';
import type { CallMyWayPhone } from './phone-element.js';

// The script of /embed.html.

/** Before and without the phone. */
const words = {
  es: {
    noOrigin:
      'La dirección de este marco no dice en qué página está. Debe terminar en ?origin= y el origen de la página.',
    alone: 'Esta página se muestra dentro de otra aplicación.',
    silent: (origin: string) =>
      `La página que muestra este marco no respondió como ${origin}. Quien la mantiene debe revisar el origen y cargar embed-frame.js.`,
  },
  en: {
    noOrigin:
      'The address of this frame does not say which page it is in. It must end in ?origin= and the page’s origin.',
    alone: 'This page is shown inside another application.',
    silent: (origin: string) =>
      `The page that shows this frame did not answer as ${origin}. Whoever maintains it should check the origin and load embed-frame.js.`,
  },
} as const;

const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;
const language = /^en\b/i.test(asked) ? 'en' : 'es';
document.documentElement.lang = language;

function say(problem: string): void {
  const place = document.createElement('p');
  place.setAttribute('role', 'alert');
  place.textContent = problem;
  document.body.replaceChildren(place);
}

let phone: CallMyWayPhone | undefined;

function show(lang: string | undefined, theme: string | undefined): CallMyWayPhone {
  phone ??= document.createElement('callmyway-phone') as CallMyWayPhone;
  // The page's own first: the phone speaks it where it has none.
  for (const [element, name, value] of [
    [document.documentElement, 'lang', lang],
    [phone, 'lang', lang],
    [phone, 'theme', theme],
  ] as const)
    if (value) element.setAttribute(name, value);
    else element.removeAttribute(name);
  if (!phone.isConnected) document.body.replaceChildren(phone);
  return phone;
}

const origin = originIn(location.search);
if (window.parent === window) {
  say(words[language].alone);
} else if (!origin) {
  say(words[language].noOrigin);
} else {
  const around = 'ancestorOrigins' in location ? [...(location.ancestorOrigins as DOMStringList)] : [];
  const browser = {
    parent: window.parent,
    listen: (heard: (event: MessageEvent) => void) => window.addEventListener('message', heard),
    around,
  };
  new FrameHost(browser, origin, show, () => say(words[language].silent(origin))).start();
}
