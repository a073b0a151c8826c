import { hash, verify } from "@node-rs/argon2";
import { Injectable } from "madeleine";

/** Who may log in. In memory here; with a database only this class changes. */
@Injectable({ scope: "app" })
export class Users {
  readonly #passwords = new Map([
    ["ada", hash("analytical engine")],
    ["grace", hash("nanosecond")],
  ]);
  readonly #nobody = hash("");

  /** Whether there is such a user with this password. It takes as long for a user who does not exist: the time would tell names. */
  async isUser(username: string, password: string): Promise<boolean> {
    const known = this.#passwords.get(username);
    return (await verify(await (known ?? this.#nobody), password)) && known !== undefined;
  }
}
