import { msg, str } from '@lit/localize';
import type { Belongings, HandOver, Person, PersonInput, RoleName } from '../api/people-types.js';
import { folded } from '../i18n/search-words.js';

export const roles: readonly RoleName[] = ['agent', 'supervisor', 'admin'];

export const roleWords = (role: RoleName): string =>
  role === 'admin' ? msg('Administrador') : role === 'supervisor' ? msg('Supervisor') : msg('Agente');

export const languageWords = (language: string): string => (language === 'en' ? 'English' : 'Español');

/** A code by a name: small letters and dots; empty for an empty name. */
export const codeOf = (name: string): string =>
  folded(name)
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
    .slice(0, 64);

/** What is written of a person, as it is stored. */
export const inputOf = ({ name, signInName, roles, team, language }: Person): PersonInput => ({
  name,
  signInName,
  roles,
  team: team ?? '',
  language,
});

const counted = (count: number, one: string, many: string): readonly string[] =>
  count === 0 ? [] : [count === 1 ? one : many];

/** What somebody has, or what was moved, in words; nothing where it is nothing. */
export const belongingsWords = (has: Omit<Belongings, 'liveCalls'> | HandOver): readonly string[] => [
  ...counted(has.phones, msg('1 teléfono'), msg(str`${has.phones} teléfonos`)),
  ...counted(has.followUps, msg('1 seguimiento'), msg(str`${has.followUps} seguimientos`)),
  ...counted(has.promises, msg('1 promesa'), msg(str`${has.promises} promesas`)),
  ...counted(has.calls, msg('1 llamada sin terminar'), msg(str`${has.calls} llamadas sin terminar`)),
];

/** What another administrator has changed meanwhile, a line for each field. */
export function changesWords(before: Person, after: Person): readonly string[] {
  const fields: readonly (readonly [string, (person: Person) => string])[] = [
    [msg('Nombre'), ({ name }) => name],
    [msg('Usuario'), ({ signInName }) => signInName],
    [msg('Roles'), (person) => person.roles.map(roleWords).join(', ')],
    [msg('Equipo'), ({ team }) => team ?? ''],
    [msg('Idioma'), ({ language }) => languageWords(language)],
  ];
  return fields.flatMap(([name, of]) => {
    const [was, is] = [of(before), of(after)];
    return was === is ? [] : [`${name}: ${was || '—'} → ${is || '—'}`];
  });
}
