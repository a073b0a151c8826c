// mistake 84: two bindings of one class
// caught: boot DUPLICATE_BINDING
import { App, bind, Injectable } from "madeleine";

abstract class Repository {
  abstract all(): readonly string[];
}

@Injectable({ scope: "app" })
class SqlRepository extends Repository {
  all() {
    return ["from the database"];
  }
}

@Injectable({ scope: "app" })
class MemoryRepository extends Repository {
  all() {
    return [];
  }
}

export const app = new App({ provide: [bind(Repository, SqlRepository), bind(Repository, MemoryRepository)] });
app.get("/", { repository: Repository }, ({ repository }) => repository.all());
