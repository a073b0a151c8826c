// mistake 51: a need that is undefined, for its class is declared in a module that imports this one
// caught: load later
import { App, dependency } from "madeleine";

const modules = { Store: undefined as unknown as new () => { read(): string } };

export const app = new App();
export const stored = dependency({ store: modules.Store }, ({ store }) => store.read());
