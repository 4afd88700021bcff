import { type Me, seesTeam } from '../api/types.js';

/** What each page is explained by: the beginning of its address, the guide, and the heading in it. */
const explained: readonly (readonly [path: string, address: string])[] = [
  ['/supervision', 'supervision#el-equipo-en-vivo'],
  ['/reports', 'supervision#los-reportes'],
  ['/administration', 'administrador'],
  ['/first-steps', 'administrador#primeros-pasos'],
  ['/phones', 'administrador#los-teléfonos'],
  ['/people', 'administrador#las-personas'],
  ['/contact-imports', 'administrador#importar-contactos'],
  ['/settings', 'administrador#los-ajustes'],
  ['/status', 'administrador#el-estado-del-sistema'],
  ['/applications', 'administrador#otros-sistemas'],
  ['/contact-lookup', 'administrador#otros-sistemas'],
  ['/events', 'administrador#otros-sistemas'],
  ['/contact-guard', 'administrador#a-quién-se-llama-y-cuándo'],
  ['/do-not-call', 'administrador#a-quién-se-llama-y-cuándo'],
  ['/personal-data', 'administrador#los-datos-de-una-persona'],
  ['/backups', 'administrador#los-respaldos'],
  ['/homologation', 'homologacion'],
  ['/audit', 'administrador#la-auditoría'],
  ['/call-records', 'administrador#los-registros-del-operador'],
  ['/reconciliation', 'administrador#la-conciliación'],
  ['/statements', 'administrador#los-estados-de-cuenta'],
  ['/campaigns/coordination', 'campanas#la-coordinación-con-el-operador'],
  ['/campaigns', 'campanas#supervisar-una-campaña'],
  ['/campaign-work', 'campanas#trabajar-una-campaña'],
  ['/contacts', 'agente#los-contactos'],
];

const ofCalls: readonly string[] = ['/history', '/calls'];

/** The help for the page at a path, as this person needs it. */
export function helpFor(path: string, me: Me): string {
  const isAt = (page: string) => path === page || path.startsWith(`${page}/`);
  if (ofCalls.some(isAt)) return `/help/${seesTeam(me) ? 'supervision' : 'agente'}#el-historial`;
  return `/help/${explained.find(([page]) => isAt(page))?.[1] ?? 'agente'}`;
}

/** The guide's name in the address of a help. */
export const nameIn = (address: string): string => /^\/help\/([a-z]+)/.exec(address)?.[1] ?? '';
