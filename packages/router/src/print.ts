import type { Pattern } from "./pattern.ts";

export function printRoutes(routes: readonly { method: string; pattern: Pattern }[]): string { return String(routes.length); }
