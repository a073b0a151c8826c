import "reflect-metadata";
import { injectableOptions, Place, recordInjectable, type Class, type Need } from "@madeleine/di";
import type { ErrorRule } from "../errors/on-error.ts";
import type { AnyMiddleware } from "../middleware/middleware.ts";
import { checkOptions } from "../check-options.ts";
import { controllerRules } from "./check-group-options.ts";
import type { ValidPath } from "./path-check.ts";
import { rememberController } from "./unserved.ts";

export interface ControllerOptions {
  /** Guards of every route of the controller, before those of the route itself. */
  dependencies?: readonly Need[] | undefined;
  /** Around every route of the controller, outermost first. */
  middleware?: readonly AnyMiddleware[] | undefined;
  /** The largest body that its routes read, in bytes, instead of the application's. */
  maxBodyBytes?: number | undefined;
  /** The largest multipart form, files included, that its routes read, in bytes, instead of the application's. */
  maxUploadBytes?: number | undefined;
  /** How it answers errors, before anybody outside of it does: `[onError(OutOfStock, …), onError(404, …)]`. */
  errors?: readonly ErrorRule[] | undefined;
  /** Under which the document lists its routes. */
  tags?: readonly string[] | undefined;
}

/** A controller as its decorator recorded it. */
export interface ControllerRecord {
  readonly prefix: string;
  readonly options: ControllerOptions;
  readonly place: Place;
}

const controllerKey = "madeleine:controller";

/** A class whose decorated methods are routes under a prefix. It is made once, or per request where its constructor needs something of the request. */
export function Controller<P extends string>(prefix?: P & ValidPath<P>, options: ControllerOptions = {}): ClassDecorator {
  if (prefix !== undefined && typeof prefix !== "string") throw new TypeError("@Controller(prefix, options): the prefix is text");
  checkOptions((name) => `@Controller(${JSON.stringify(prefix ?? "")}, { ${name} })`, options, controllerRules);
  const place = new Place(Controller);
  return (target) => {
    if (controllerRecord(target) !== undefined)
      throw new TypeError(
        `class ${target.name} has @Controller twice, and would have one prefix only. mend: keep one; for another prefix, class Other extends ${target.name} {}`,
      );
    Reflect.defineMetadata(controllerKey, { prefix: prefix ?? "", options, place } satisfies ControllerRecord, target);
    if (injectableOptions(target as unknown as Class) === undefined) recordInjectable(target as unknown as Class, {}); // in either order
    rememberController(target);
  };
}

/** The record of a class; a subclass without `@Controller()` of its own has none. */
export function controllerRecord(target: object): ControllerRecord | undefined {
  return Reflect.getOwnMetadata(controllerKey, target) as ControllerRecord | undefined;
}
