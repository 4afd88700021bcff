import type { Json } from '../api/audit-types.js';

/** A field that is not what it was. */
export interface Difference {
  /** The names of the field, from the outside in: `fields`, `monto`. A part of a list is named by its code. */
  readonly path: readonly string[];
  /** Undefined where there was none. */
  readonly before: Json | undefined;
  /** Undefined where there is none any more. */
  readonly after: Json | undefined;
}

/** What changes with every change, and tells nothing. */
const silent = new Set(['updatedAt', 'createdAt', 'etag']);

/** What a part of a list is known by. */
const names = ['code', 'key', 'endpointId', 'id'];

/** The fields that differ, in the order of what is, and then of what is no more. */
export function differences(before: Json | undefined, after: Json | undefined): readonly Difference[] {
  return compare([], before, after);
}

function compare(path: readonly string[], before: Json | undefined, after: Json | undefined): readonly Difference[] {
  const [were, are] = [partsOf(before), partsOf(after)];
  if ((were ?? are) && (were || isNothing(before)) && (are || isNothing(after))) {
    const keys = [...new Set([...(are?.keys() ?? []), ...(were?.keys() ?? [])])];
    return keys
      .filter((key) => !silent.has(key))
      .flatMap((key) => compare([...path, key], were?.get(key), are?.get(key)));
  }

  if (isNothing(before) && isNothing(after)) return [];
  return same(before, after) ? [] : [{ path, before: before ?? undefined, after: after ?? undefined }];
}

const isNothing = (value: Json | undefined): boolean => value === undefined || value === null;

/** The parts of what has parts: the fields of an object, and the named parts of a list. */
function partsOf(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (isList(value)) return value.length > 0 && value.every(isObject) ? named(value) : undefined;
  return isObject(value) ? new Map(Object.entries(value)) : undefined;
}

/** Of a list whose parts have no name of their own it is not known which was which. */
function named(list: readonly { readonly [name: string]: Json }[]): ReadonlyMap<string, Json> | undefined {
  const name = names.find((one) => list.every((part) => typeof part[one] === 'string'));
  if (name === undefined) return undefined;
  const parts = new Map(list.map((part) => [part[name] as string, without(part, name)]));
  return parts.size === list.length ? parts : undefined;
}

const without = (part: { readonly [name: string]: Json }, name: string): Json =>
  Object.fromEntries(Object.entries(part).filter(([key]) => key !== name));

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

export const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (one: Json | undefined, other: Json | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);
