import { Injectable } from "madeleine";
import { hashPassword, isPassword, type PasswordHash } from "./passwords.ts";

/** Who may log in. In memory here; with a database only this class changes. */
@Injectable({ scope: "app" })
export class Users {
  readonly #passwords = new Map<string, Promise<PasswordHash>>([["ada", hashPassword("analytical engine")]]);
  readonly #nobody = hashPassword("");

  /** Whether there is such a user with this password. It takes as long for a user who does not exist: the time would tell names. */
  async isUser(username: string, password: string): Promise<boolean> {
    const known = this.#passwords.get(username);
    return (await isPassword(password, await (known ?? this.#nobody))) && known !== undefined;
  }
}
