import { msg } from '@lit/localize';
import { css } from 'lit';

/** Where settings with secrets are changed on this host. */
export const whereWords = (signIn: string): string =>
  signIn === 'entra'
    ? msg(
        'En Azure están en la configuración de la aplicación, y los secretos en Key Vault; la aplicación se reinicia al guardar.',
      )
    : msg(
        'Están en appsettings.json, en el entorno o en la línea de comandos del servidor; reinícielo después de cambiarlas.',
      );

/** A part of a page: it has the page's width, and no frame of its own. */
export const operatorStyles = css`
  :host {
    display: grid;
    gap: var(--cmw-space-3);
    max-inline-size: none;
    margin: 0;
    padding: 0;
  }

  .problem {
    display: grid;
    justify-items: start;
    gap: var(--cmw-space-2);
    color: var(--cmw-bad);
  }
`;
