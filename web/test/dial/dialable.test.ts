import { expect, test } from 'vitest';
import { dialable } from '../../src/dial/dialable.js';

test.each(['8888 1234', '8888-1234', '+506 8888-1234', '(305) 555-0142', '1-305-555-0142', 'tel:+50688881234'])(
  '%s can be called',
  (text) => expect(dialable(text)).toBe(text.replace('tel:', '')),
);

test.each(['jose', '12345', '1-0400-0100', '3-101-447300', '8888 1234 ext', ''])(
  '%s is something to look for',
  (text) => expect(dialable(text)).toBeUndefined(),
);
