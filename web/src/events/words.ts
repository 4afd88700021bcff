import { msg } from '@lit/localize';
import type { DeliveryState, EventEndpoint } from '../api/event-types.js';

/** What happened, by the name that a program reads. */
export function eventWords(type: string): string {
  switch (type) {
    case 'call.started':
      return msg('Empezó una llamada');
    case 'call.answered':
      return msg('Se contestó');
    case 'call.ended':
      return msg('Terminó');
    case 'call.missed':
      return msg('Quedó perdida');
    case 'call.wrapped-up':
      return msg('Se guardó el resultado');
    case 'call.contact-tied':
      return msg('Se supo con quién fue');
    case 'record.received':
      return msg('Llegó el registro del operador');
    case 'promise.due':
      return msg('Vence una promesa');
    case 'test':
      return msg('Prueba');
    default:
      return type;
  }
}

export function endpointStateWords(state: EventEndpoint['state']): string {
  switch (state) {
    case 'active':
      return msg('Recibe');
    case 'failing':
      return msg('No está recibiendo');
    case 'paused':
      return msg('En pausa');
    default:
      return msg('Apagado');
  }
}

export const endpointBadge: Record<EventEndpoint['state'], string> = {
  active: 'good',
  failing: 'warn',
  paused: 'bad',
  off: '',
};

export function deliveryStateWords(state: DeliveryState): string {
  switch (state) {
    case 'delivered':
      return msg('Recibido');
    case 'failed':
      return msg('No recibido');
    default:
      return msg('Por enviar');
  }
}

export const deliveryBadge: Record<DeliveryState, string> = { delivered: 'good', failed: 'bad', waiting: 'warn' };

/** The events as one sentence; all of them as such. */
export const eventList = (events: readonly string[], all: number): string =>
  events.length === all ? msg('Todos los eventos') : events.map(eventWords).join(' · ');
