import { Place } from "./place.ts";
import type { Class, Need, Provides } from "./provides.ts";

/** One class stands for another: wherever `from` is asked for, `to` is given. */
export interface Binding {
  readonly from: Class;
  readonly to: Need;
  readonly place?: Place | undefined;
}

/** Binds an abstract class, or any class, to what implements it: `provide: [bind(UserRepository, PgUserRepository)]`. */
export function bind<C>(from: Class<C>, to: Class<C> | Provides<C>): Binding {
  return { from, to, place: new Place(bind) };
}
