// mistake 51: an abstract class is made injectable, of which there are no instances
// caught: compiler TS1238
import { Injectable } from "madeleine";

@Injectable()
export abstract class Repository {
  abstract all(): string[];
}
