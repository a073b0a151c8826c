import { routerRecord, type AnyRouter } from "../routes/router.ts";
import { mountableOf, type Mountable } from "./mountable.ts";

/** The applications that are mounted in a group of routes, or in a group of it. */
export function mountedIn(root: AnyRouter): readonly Mountable[] {
  const seen = new Set<AnyRouter>();
  const found = new Set<Mountable>();
  const visit = (router: AnyRouter): void => {
    if (seen.has(router)) return;
    seen.add(router);
    const { mounts, includes } = routerRecord(router);
    for (const { target } of mounts) {
      const app = mountableOf(target);
      if (app !== undefined) found.add(app);
    }
    for (const included of includes) visit(included.router);
  };
  visit(root);
  return [...found];
}
