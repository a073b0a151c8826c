import { App, Controller, Get, HTTPException, Path, Post, Query, dependency, type Resolved } from "madeleine";
import { z } from "zod";
import { Pool, Transaction } from "./database.ts";

/** What is done in the transaction of the request that asks. */
const Accounts = dependency({ connection: Transaction }, ({ connection }) => ({
  async balance(owner: string): Promise<number | undefined> {
    const { rows } = await connection.query<{ balance: number }>("select balance from accounts where owner = $1", [owner]);
    return rows[0]?.balance;
  },
  async add(owner: string, amount: number): Promise<void> {
    await connection.query("update accounts set balance = balance + $2 where owner = $1", [owner, amount]);
  },
}));

@Controller("/accounts")
class AccountRoutes {
  @Get("/:owner")
  async read(@Path() owner: string, @Accounts() accounts: Resolved<typeof Accounts>) {
    const balance = await accounts.balance(owner);
    if (balance === undefined) throw new HTTPException(404, "No such account");
    return { owner, balance };
  }

  @Post("/:owner/pay")
  async pay(
    @Path() owner: string,
    @Query("to", z.string()) to: string,
    @Query("amount", z.int().positive()) amount: number,
    @Accounts() accounts: Resolved<typeof Accounts>,
  ) {
    await accounts.add(owner, -amount);
    // Whatever is thrown from here on takes back what was just written.
    if ((await accounts.balance(to)) === undefined) throw new HTTPException(404, `${to} has no account`);
    await accounts.add(to, amount);
    return { paid: amount };
  }
}

export const app = new App({
  title: "Transactions",
  controllers: [AccountRoutes],
  // The check of the balance is deferred: PostgreSQL looks at it when the transaction commits.
  async *lifespan(app) {
    await app.scope(async (scope) => {
      const pool = await scope.resolve(Pool);
      await pool.query(`
        drop table if exists accounts;
        create table accounts (owner text primary key, balance integer not null);
        create or replace function refuse_debt() returns trigger language plpgsql as $$
          begin
            if new.balance < 0 then raise exception '% has debts', new.owner; end if;
            return null;
          end $$;
        create constraint trigger no_debt after insert or update on accounts
          deferrable initially deferred for each row execute function refuse_debt();
        insert into accounts values ('alice', 100), ('bob', 0);
      `);
    });
    yield;
  },
});
