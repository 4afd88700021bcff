import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { campaignsApi } from '../api/campaigns-api.js';
import type { Me } from '../api/types.js';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './campaign-page.js';
import './campaigns-page.js';
import './coordination-page.js';
import './new-campaign-page.js';

interface Place {
  readonly desk: Desk;
  readonly me: Me | undefined;
}

/** The pages beside those of the campaigns themselves, by what stands in the place of a campaign's id. */
const others: Readonly<
  Record<string, { readonly title: () => string; readonly draw: (place: Place) => TemplateResult }>
> = {
  '': {
    title: () => msg('Campañas'),
    draw: ({ desk, me }) => html`<cmw-campaigns-page .api=${campaignsApi(desk.api)} .me=${me}></cmw-campaigns-page>`,
  },
  new: {
    title: () => msg('Nueva campaña'),
    draw: ({ desk, me }) =>
      html`<cmw-new-campaign-page .api=${campaignsApi(desk.api)} .desk=${desk} .me=${me}></cmw-new-campaign-page>`,
  },
  coordination: {
    title: () => msg('Coordinación de campañas'),
    draw: ({ desk, me }) =>
      html`<cmw-coordination-page .api=${campaignsApi(desk.api)} .me=${me}></cmw-coordination-page>`,
  },
};

/** The campaigns, one of them, a new one, and the coordination: one page for the list of pages, which each desk loads. */
export const page: Page<Place> = {
  title: () => others[location.pathname.split('/')[2] ?? '']?.title() ?? msg('Campaña'),
  draw: (place, { campaign }) =>
    others[campaign ?? '']?.draw(place) ??
    // The page changes its own address, which the frame does not see.
    html`<cmw-campaign-page
      .api=${campaignsApi(place.desk.api)}
      .outcomes=${place.desk.outcomes}
      .me=${place.me}
      .campaignId=${partOf(campaign) ?? ''}
      .search=${live(location.search)}
    ></cmw-campaign-page>`,
};
