/** What programs of this folder import. */
export class Store {
  read(): string {
    return "stored";
  }
}
