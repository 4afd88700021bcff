/** HubSpot's application, in any of its regions. */
const hubSpot = /^https:\/\/app(-[a-z]{2}\d+)?\.hubspot\.com$/;

const isLocal = (hostname: string): boolean => hostname === '127.0.0.1' || hostname === 'localhost';

/** True for a page of HubSpot; on this machine alone, for one of this machine that plays it. */
export const isOfHubSpot = (origin: string, { hostname }: Pick<Location, 'hostname'>): boolean =>
  hubSpot.test(origin) || (isLocal(hostname) && URL.canParse(origin) && isLocal(new URL(origin).hostname));

/** The address that gives tokens, from the page's own; undefined where it is none. */
export function tokensAddress({ search, hostname }: Pick<Location, 'search' | 'hostname'>): string | undefined {
  const said = new URLSearchParams(search).get('tokens') ?? '';
  if (!URL.canParse(said)) return undefined;
  const { protocol, hostname: other, href } = new URL(said);
  return protocol === 'https:' || (protocol === 'http:' && isLocal(hostname) && isLocal(other)) ? href : undefined;
}
