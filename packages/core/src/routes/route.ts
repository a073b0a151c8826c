import type { Plan } from "@madeleine/di";
import type { AnsweringRoute } from "../exchange.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** A route, ready to answer. */
export interface Route extends AnsweringRoute {
  readonly method: string;
  readonly path: string;
  /** That of its options, or `"Items.list"`. */
  readonly name: string | undefined;
  readonly tags: readonly string[];
  readonly host: string | undefined;
  readonly plan: Plan;
  readonly definition: RouteDefinition;
}
