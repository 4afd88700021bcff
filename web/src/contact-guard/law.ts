import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

const decree =
  'https://pgrweb.go.cr/scij/Busqueda/Normativa/Normas/nrm_texto_completo.aspx?param1=NRTC&nValor1=1&nValor2=95937&nValor3=128222&strTipM=TC';

const ministry = 'https://www.meic.go.cr/tramites-y-servicios/usura/';

const laws = 'https://pgrweb.go.cr/scij/';

const out = (address: string, words: string): TemplateResult =>
  html`<a href=${address} target="_blank" rel="noopener noreferrer">${words}</a>`;

/**
 * What the office has to read for itself. Only what is known of the texts is said; no hour and no article is quoted, as
 * they change.
 */
export const lawSection = (): TemplateResult => html`
  <section aria-labelledby="law">
    <h2 id="law">${msg('Qué dice la ley')}</h2>
    <p><strong>${msg('Esto no es asesoría legal.')}</strong> ${msg('Los horarios y límites de arriba los decide la oficina, y no salen de ninguna ley. Revíselos con su abogado antes de llamar para cobrar.')}</p>
    <ul class="laws">
      <li>
        <strong>${msg('Ley 7472, de Promoción de la Competencia y Defensa Efectiva del Consumidor')}</strong>
        <p>${msg('Protege los intereses económicos y sociales de los consumidores y su derecho a un trato equitativo (artículo 32). La reformó la Ley 9859, contra la usura crediticia.')}</p>
        ${out(laws, msg('Buscar la ley vigente en el sistema de la Procuraduría'))}
      </li>
      <li>
        <strong>${msg('Decreto 43270-MEIC, Reglamento de las Operaciones Financieras, Comerciales y Microcréditos que se Ofrezcan al Consumidor')}</strong>
        <p>${msg('Reglamenta esa ley para quien da crédito a consumidores. Se publicó en diciembre de 2021, y lo modificó el Decreto 43855-MEIC en enero de 2023: lea la versión vigente.')}</p>
        <span class="bar">${out(decree, msg('Leer el decreto'))} ${out(ministry, msg('Lo que explica el Ministerio de Economía'))}</span>
      </li>
    </ul>
    <p class="quiet">
      ${msg('Verifique en ambos textos qué permiten al cobrar: a quién se puede llamar, a qué horas y cuántas veces.')}
    </p>
  </section>
`;
