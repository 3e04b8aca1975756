/** The people who may use a route: anybody, anybody who is signed in, or administrators. */
export type Access =
  | 'public'
  | 'everybody'
  | 'administrators'
  // Of the desk: without signing in there, its people, its leads.
  | 'desk-entrance'
  | 'clerks'
  | 'leads';

/** A plausible request. A value `@kind` is the id of such an object of a company. */
type Values = Readonly<Record<string, string>>;

export interface Route {
  access: Access;
  /** In place of `:name` in the path. */
  params: Values;
  /** The body of a POST, or the query of a GET. */
  fields: Values;
}

const route =
  (access: Access) =>
  (fields: Values = {}, params: Values = {}): Route => ({ access, fields, params });
export const open = route('public');
export const everybody = route('everybody');
export const administrators = route('administrators');
export const deskEntrance = route('desk-entrance');
export const clerks = route('clerks');
export const leads = route('leads');

export function isOfDesk({ access }: Route): boolean {
  return ['desk-entrance', 'clerks', 'leads'].includes(access);
}
